namespace CourseCompletion.Testing;

/// <summary>How a run through time is set up.</summary>
public sealed record TimeTravelOptions
{
    /// <summary>When the clock starts. Default: Monday 2026-03-02 at midnight UTC.</summary>
    public DateTimeOffset Start { get; init; } = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>By how much the clock moves at once, 1 minute to 1 hour: campaigns look for whom they fall due after each step. Default 15 minutes.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>The seed of what simulated learners draw. The same seed gives the same run. Default 1.</summary>
    public ulong Seed { get; init; } = 1;
}
