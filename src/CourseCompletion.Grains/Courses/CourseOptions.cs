using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Courses;

/// <summary>How courses come to be and how their rosters are kept. Section <c>Courses</c>.</summary>
public sealed class CourseOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Courses";

    /// <summary>Whether an event of an unknown course makes a draft of it. Default true.</summary>
    public bool AllowDrafts { get; set; } = true;

    /// <summary>How many drafts a tenant may make an hour. Default 100.</summary>
    [Range(0, 1_000_000)]
    public int DraftsPerHourMax { get; set; } = 100;

    /// <summary>How long a silo gathers rows before it sends them to their rosters. Default 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan CollectFor { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How many rows a silo holds at most until they are sent; what exceeds it is told by the pending index later. Default 200,000.</summary>
    [Range(1, 10_000_000)]
    public int CollectedRowsMax { get; set; } = 200_000;

    /// <summary>How long a roster shard gathers changes before it reports its sums to the course. Default 500 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ReportAfter { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a roster shard gathers rows before it stores them and acknowledges their marks. Default 5 s; must be below the sweep's 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:20")]
    public TimeSpan StoreAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a roster shard brings silent learners' probabilities up to now. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan EvaluateEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long comments are shown to a course's team, from when they were written. Default 90 days.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan CommentRetention { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How often a course reports to its tenant's completion index without being asked. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan IndexEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a tenant's completion index is stored, and asks courses that it has not heard of for a day. Default 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "1.00:00:00")]
    public TimeSpan IndexStoreEvery { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Above how many rows in one shard a course doubles its shards. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int ShardRowsMax { get; set; } = 20_000;

    /// <summary>How many shards a course may have. Default 1,024.</summary>
    [Range(1, 65_536)]
    public int ShardsMax { get; set; } = 1_024;

    /// <summary>How many learners a second a silo asks for a new row after a course's definition changed. Default 2,000.</summary>
    [Range(1, 1_000_000)]
    public int RefreshesPerSecondMax { get; set; } = 2_000;

    /// <summary>How many watchers may wait for one course's next figures. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int WatchersMax { get; set; } = 1_000;
}
