namespace CourseCompletion.Domain.Learners;

/// <summary>What a learner handed in for one assessment.</summary>
public sealed class AssessmentState(string id)
{
    /// <summary>The parts per million that a full score is.</summary>
    public const int FullScorePpm = 1_000_000;

    /// <summary>The assessment.</summary>
    public string Id { get; } = id;

    /// <summary>How often it was handed in.</summary>
    public int Submissions { get; set; }

    /// <summary>When it was first handed in.</summary>
    public long FirstAtMs { get; set; } = long.MaxValue;

    /// <summary>The latest submission, which sets the two scores below.</summary>
    public EventOrder Latest { get; set; } = new(long.MinValue, 0);

    /// <summary>The latest submission's score, in parts per million of the highest possible.</summary>
    public int LatestScorePpm { get; set; }

    /// <summary>The best score, in parts per million of the highest possible.</summary>
    public int BestScorePpm { get; set; }

    /// <summary>When it was due according to the latest submission that says so; 0 when none does.</summary>
    public long DueAtMs { get; set; }

    /// <summary>The submission that set <see cref="DueAtMs"/>.</summary>
    public EventOrder DueSetBy { get; set; } = new(long.MinValue, 0);
}
