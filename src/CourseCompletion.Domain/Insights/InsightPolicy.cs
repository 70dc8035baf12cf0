namespace CourseCompletion.Domain.Insights;

/// <summary>The numbers by which a course's findings are made.</summary>
public sealed record InsightPolicy
{
    /// <summary>The numbers as they are by default.</summary>
    public static InsightPolicy Default { get; } = new();

    /// <summary>How many standard deviations above the rest of its video a place must be watched again to be called hard to follow. Default 2.5.</summary>
    public double RewatchZMin { get; init; } = 2.5;

    /// <summary>How many standard deviations above the rest of its video it must be paused at. Default 1.5.</summary>
    public double PauseZMin { get; init; } = 1.5;

    /// <summary>What both together must reach, by Stouffer's sum: (re-watch z + pause z) / sqrt 2. Default 3.5.</summary>
    public double TogetherZMin { get; init; } = 3.5;

    /// <summary>How many standard deviations above the rest of its video a place must be to be called a peak, whatever it stands out in. Default 4: of some 300 places a video, fewer than one in twenty videos has one by chance.</summary>
    public double PeakZMin { get; init; } = 4;

    /// <summary>From how many viewers of a place on it is judged. Default 50.</summary>
    public int ViewersMin { get; init; } = 50;

    /// <summary>How near to a scene change people look again without being confused, in milliseconds; never less than a hundredth of the video. Default 2 s.</summary>
    public long SceneChangeMs { get; init; } = 2000;

    /// <summary>How long an active learner must have been silent to count as gone, in milliseconds. Default 14 days.</summary>
    public long SilentMs { get; init; } = 14 * 86_400_000L;

    /// <summary>With how many lessons before and after it a lesson is compared. Default 3.</summary>
    public int NeighboursMax { get; init; } = 3;

    /// <summary>The share of findings of leaving that may be chance: the false discovery rate. Default 0.1.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.1;
}
