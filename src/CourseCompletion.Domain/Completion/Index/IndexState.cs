namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What a tenant remembers for the completion index of its courses.</summary>
/// <remarks>Mutable inside the fold; owned by one grain. Bounded by <see cref="IndexPolicy.CoursesMax"/> courses of at most <see cref="CourseTrack.LooksMax"/> looks.</remarks>
public sealed class IndexState
{
    /// <summary>By course id.</summary>
    public Dictionary<string, CourseTrack> Courses { get; } = new(StringComparer.Ordinal);

    /// <summary>A sample of the learners active in any course in the window.</summary>
    public LearnerSample ActiveLearners { get; set; } = LearnerSample.Empty;

    /// <summary>What the models learned.</summary>
    public IndexFit Fit { get; init; } = new();

    /// <summary>The newest instant reported.</summary>
    public long AsOfMs { get; set; }
}

/// <summary>What a tenant remembers of one course.</summary>
public sealed class CourseTrack
{
    /// <summary>How many looks are kept, one a week: enough for a self-paced cohort from its first entry to its known end.</summary>
    public const int LooksMax = 34;

    /// <summary>The instant of the newest report; 0 before the first.</summary>
    public long HeardAtMs { get; set; }

    /// <summary>Below which hash that report named all active learners.</summary>
    public ulong HashBelow { get; set; } = ulong.MaxValue;

    /// <summary>The newest cohort learned, by <see cref="IndexCohort.EntersBeforeMs"/>; 0 for none.</summary>
    public long LearnedCohort { get; set; }

    /// <summary>The newest counts.</summary>
    public IndexCounts Counts { get; set; }

    /// <summary>What the course looked like, the newest report of each week, oldest first.</summary>
    public List<TrackedLook> Looks { get; } = [];
}

/// <summary>What a course looked like at an instant.</summary>
public readonly record struct TrackedLook(long AtMs, IndexCounts Counts);
