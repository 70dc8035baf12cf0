using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Profiles;

/// <summary>Something that went well.</summary>
/// <param name="Course">The course.</param>
/// <param name="Lesson">The lesson, or the assessment where it is none of the course's lessons.</param>
/// <param name="Reason">Why it counts.</param>
/// <param name="Figure">The figure of the reason; its unit stands there.</param>
public readonly record struct LessonStrength(CourseId Course, string Lesson, StrengthReason Reason, double Figure);

/// <summary>Something to look at again.</summary>
/// <param name="Course">The course.</param>
/// <param name="Lesson">The lesson, or the assessment where it is none of the course's lessons.</param>
/// <param name="Reason">Why it counts.</param>
/// <param name="Figure">The figure of the reason; its unit stands there.</param>
/// <param name="Severity">How much, 0 to 1.</param>
public readonly record struct LessonGap(CourseId Course, string Lesson, GapReason Reason, double Figure, double Severity);

/// <summary>Why a lesson is a strength. The numbers are on the wire and never reused.</summary>
public enum StrengthReason : byte
{
    /// <summary>The latest score, 0 to 1, is at least 0.8.</summary>
    HighScore = 1,

    /// <summary>The video was completed without a second look (less than a twentieth of it) and without a confused comment. The figure is the share watched, 0 to 1.</summary>
    WatchedOnce = 2,
}

/// <summary>Why a lesson is a gap. The numbers are on the wire and never reused.</summary>
public enum GapReason : byte
{
    /// <summary>The latest score, 0 to 1, is below 0.5.</summary>
    LowScore = 1,

    /// <summary>A required lesson was due and is untouched. The figure is the number of days since.</summary>
    Overdue = 2,

    /// <summary>The learner's own comments say that something was not understood. The figure is how many.</summary>
    Confused = 3,

    /// <summary>At least three tenths of the video were watched again. The figure is the share, 0 to 1.</summary>
    Rewatched = 4,
}
