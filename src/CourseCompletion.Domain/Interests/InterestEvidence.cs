using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Interests;

/// <summary>Something that a learner did, and that speaks for an interest.</summary>
/// <param name="Kind">What.</param>
/// <param name="Course">In which course; none for a search.</param>
/// <param name="Lesson">At which lesson; empty for the course as a whole, and for a search.</param>
/// <param name="Amount">Seconds of different video watched; how often it was done for all else.</param>
/// <param name="AtMs">When last.</param>
/// <param name="Query">What was searched for; empty for all else.</param>
public readonly record struct InterestEvidence(InterestEvidenceKind Kind, CourseId Course, string Lesson, double Amount, long AtMs, string Query = "");

/// <summary>What may speak for an interest. The numbers are those of the wire.</summary>
public enum InterestEvidenceKind
{
    /// <summary>Watched a lesson's video.</summary>
    Watched = 1,

    /// <summary>Completed a lesson without a video.</summary>
    Completed = 2,

    /// <summary>Liked it, or gave it four stars or more.</summary>
    Liked = 3,

    /// <summary>Bookmarked it.</summary>
    Bookmarked = 4,

    /// <summary>Commented on it.</summary>
    Commented = 5,

    /// <summary>Asked about it.</summary>
    Asked = 6,

    /// <summary>Searched for it.</summary>
    Searched = 7,
}
