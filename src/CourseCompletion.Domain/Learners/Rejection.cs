namespace CourseCompletion.Domain.Learners;

/// <summary>Why an event will never be accepted as it is.</summary>
/// <param name="Reason">The kind of fault.</param>
/// <param name="Field">The wire name of the field at fault, relative to the event.</param>
/// <param name="Message">What to do about it.</param>
public sealed record Rejection(RejectionReason Reason, string Field, string Message);

/// <summary>The kinds of fault for which events are rejected. The numbers are on the wire and never reused.</summary>
public enum RejectionReason : byte
{
    /// <summary>Not rejected.</summary>
    None = 0,

    /// <summary>A field's value is out of range or malformed.</summary>
    InvalidField = 1,

    /// <summary>A required field is missing.</summary>
    MissingField = 2,

    /// <summary>The event lies behind its source's dedupe floor: whether it is a repeat can no longer be told.</summary>
    TooLate = 3,

    /// <summary>The event lies in the future.</summary>
    InTheFuture = 4,

    /// <summary>The course does not exist and drafts are not allowed.</summary>
    UnknownCourse = 5,

    /// <summary>A cap of the policy is reached.</summary>
    LimitExceeded = 6,

    /// <summary>The course does not exist and too many drafts were made in the last hour.</summary>
    DraftCourseLimit = 7,
}
