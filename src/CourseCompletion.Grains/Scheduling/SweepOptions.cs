using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Scheduling;

/// <summary>How what a crash left untold is found again. Section <c>Sweep</c>.</summary>
public sealed class SweepOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Sweep";

    /// <summary>How many scheduler shards there are. Default 8.</summary>
    [Range(1, 64)]
    public int Shards { get; set; } = 8;

    /// <summary>How often each shard looks. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:10:00")]
    public TimeSpan Every { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From which age an unacknowledged mark is told again. Default 30 s; must be above <c>Courses:StoreAfter</c>.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan OlderThan { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How many marks of one partition are told in one sweep. Default 500.</summary>
    [Range(1, 100_000)]
    public int MarksPerSweepMax { get; set; } = 500;
}
