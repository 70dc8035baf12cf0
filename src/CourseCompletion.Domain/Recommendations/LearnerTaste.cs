namespace CourseCompletion.Domain.Recommendations;

/// <summary>What a learner's state remembers for recommendations, besides the enrolments themselves.</summary>
/// <remarks>Changed in place by <see cref="TasteRules"/>; owned by one learner's state, of which most have none.</remarks>
public sealed class LearnerTaste
{
    /// <summary>The courses taken in the order in which they were, by their places among the enrolments; empty while that is the order of the enrolments.</summary>
    internal List<byte> Order { get; } = [];

    /// <summary>The courses completed in the order in which they were, by their places among the enrolments; empty while that is the order of their times.</summary>
    internal List<byte> Completions { get; } = [];

    /// <summary>The courses dismissed, oldest first.</summary>
    internal List<DismissedCourse> Dismissed { get; } = [];

    /// <summary>The courses shown as recommendations and not followed, in no order.</summary>
    internal List<ShownCourse> Shown { get; } = [];

    /// <summary>How many courses are dismissed.</summary>
    public int DismissedCount => Dismissed.Count;
}

/// <summary>A course that is not to be recommended to a learner.</summary>
/// <param name="CourseHash">The hash of its id (<see cref="Tenants.KeyHash"/>).</param>
/// <param name="Reason">Why.</param>
internal readonly record struct DismissedCourse(ulong CourseHash, DismissalReason Reason);

/// <summary>How often a course was shown as a recommendation, since when.</summary>
/// <param name="Enrolment">Its place among the enrolments.</param>
/// <param name="Count">How often, 1 to 255.</param>
/// <param name="SinceMs">The first time that counts, in event time.</param>
internal readonly record struct ShownCourse(byte Enrolment, byte Count, long SinceMs);

/// <summary>Why a course is not to be recommended. The numbers are stored and never reused.</summary>
public enum DismissalReason : byte
{
    /// <summary>None: it may be recommended again.</summary>
    None = 0,

    /// <summary>Not of interest.</summary>
    Dismissed = 1,

    /// <summary>The learner knows what it teaches.</summary>
    AlreadyKnown = 2,
}
