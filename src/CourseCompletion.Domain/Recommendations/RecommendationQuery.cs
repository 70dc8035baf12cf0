namespace CourseCompletion.Domain.Recommendations;

/// <summary>What a learner's grain asks the tenant's recommender.</summary>
/// <param name="LearnerHash">The hash of the learner's id, for the draw.</param>
/// <param name="NowMs">The time.</param>
/// <param name="Limit">How many courses, at least 1.</param>
/// <param name="Taken">The hashes of all courses taken, oldest first.</param>
/// <param name="NotWanted">The hashes of other courses that are not to be listed.</param>
public sealed record RecommendationQuery(ulong LearnerHash, long NowMs, int Limit, IReadOnlyList<ulong> Taken, IReadOnlyList<ulong> NotWanted)
{
    /// <summary>The hashes of the courses completed.</summary>
    public IReadOnlyList<ulong> Completed { get; init; } = [];

    /// <summary>Whether a course that the learner has not finished is at risk: then nothing is promoted.</summary>
    public bool IsAtRisk { get; init; }
}

/// <summary>A course that may be recommended.</summary>
/// <param name="Course">Its number in the recommender.</param>
/// <param name="Score">What courses are ranked by: the logarithm of how likely it comes next, up to a number that is the same for all of a list, with what the expected gain adds and likeness to courses above takes away.</param>
/// <param name="Reason">Why.</param>
/// <param name="Because">The number of the course that it is for; -1 for none.</param>
/// <param name="IsPromoted">Whether it is promoted, which raised the score.</param>
public readonly record struct RankedCourse(int Course, float Score, RecommendationReason Reason, int Because, bool IsPromoted = false);

/// <summary>Why a course is recommended.</summary>
public enum RecommendationReason
{
    /// <summary>Many take it.</summary>
    Popular = 0,

    /// <summary>It is often taken after a course that the learner took.</summary>
    OftenTakenAfter = 1,

    /// <summary>Nobody took it yet, and it is like a course that the learner took.</summary>
    NewAndSimilar = 2,

    /// <summary>Nobody took it yet.</summary>
    New = 3,
}
