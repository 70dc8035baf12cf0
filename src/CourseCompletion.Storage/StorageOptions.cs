using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Storage;

/// <summary>Where and how learners, courses and campaigns are remembered: configuration section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string SectionName = "Storage";

    /// <summary>The directory of the embedded store, its witness and the archive. Default <c>data</c>, below the working directory.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Storage:DataDirectory must name a directory.")]
    public string DataDirectory { get; set; } = "data";

    /// <summary>A Redis (or Valkey) connection string. When it is set, Redis is the store and the embedded one is not opened. Default none.</summary>
    public string? Redis { get; set; }

    /// <summary>Another Redis for cluster membership. Default: <see cref="Redis"/>.</summary>
    public string? RedisClustering { get; set; }

    /// <summary>Another Redis for reminders. Default: <see cref="Redis"/>.</summary>
    public string? RedisReminders { get; set; }

    /// <summary>How long Redis may take over a command before its outcome counts as unknown. Default 5 seconds, from 500 ms to 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00", ErrorMessage = "Storage:RedisCommandTimeout must lie between 00:00:00.5 and 00:01:00.")]
    public TimeSpan RedisCommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Bytes of appends that may wait for Redis in one silo; more are refused as unavailable. Default 64 MiB, from 1 MiB to 1 GiB.
    /// </summary>
    [Range(1024 * 1024, 1024 * 1024 * 1024, ErrorMessage = "Storage:RedisQueuedBytesMax must lie between 1048576 (1 MiB) and 1073741824 (1 GiB).")]
    public int RedisQueuedBytesMax { get; set; } = 64 * 1024 * 1024;

    /// <summary>Accepts a Redis whose settings can lose acknowledged writes, or cannot be read. Default false.</summary>
    public bool AllowWeakDurability { get; set; }

    /// <summary>
    /// Accepts a store that its witness file contradicts (deleted, older, foreign; an embedded one also without witness), and raises the incarnation. Default false; set
    /// it for one start, then remove it.
    /// </summary>
    public bool AcceptStore { get; set; }

    /// <summary>
    /// Bytes of journal that stay in memory and in the log before they are moved to their learners' rows; appends wait at twice this. More memory means fewer
    /// page writes a frame. Default 32 MiB, from 256 KiB to 1 GiB.
    /// </summary>
    [Range(256 * 1024, 1024 * 1024 * 1024, ErrorMessage = "Storage:WindowBytesMax must lie between 262144 (256 KiB) and 1073741824 (1 GiB).")]
    public int WindowBytesMax { get; set; } = 32 * 1024 * 1024;

    /// <summary>How long journal frames stay in the log of a store that is not busy. Default 5 minutes, from 1 second to 1 day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Storage:WindowAgeMax must lie between 00:00:01 and 1.00:00:00.")]
    public TimeSpan WindowAgeMax { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Writes that may wait for the embedded store; more are refused as unavailable. Default 65,536, from 1,024 to 1,048,576.</summary>
    [Range(1024, 1024 * 1024, ErrorMessage = "Storage:QueuedWritesMax must lie between 1024 and 1048576.")]
    public int QueuedWritesMax { get; set; } = 65_536;

    /// <summary>Marks of things not yet told that the embedded store keeps in memory; appends are refused beyond it. Default 1,000,000.</summary>
    [Range(1000, 100_000_000, ErrorMessage = "Storage:PendingMarksMax must lie between 1000 and 100000000.")]
    public int PendingMarksMax { get; set; } = 1_000_000;

    /// <summary>Idle learners whose head sequence the embedded store keeps in memory, about 300 bytes each. Default 131,072.</summary>
    [Range(1024, 100_000_000, ErrorMessage = "Storage:IdleLearnersMax must lie between 1024 and 100000000.")]
    public int IdleLearnersMax { get; set; } = 131_072;

    /// <summary>Connections of the embedded store that read at the same time. Default 4, from 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "Storage:ReadersMax must lie between 1 and 64.")]
    public int ReadersMax { get; set; } = 4;

    /// <summary>Days that archive files are kept; 0 keeps them for ever. Default 730: a course of a year and 90 days, with room. At most 36,500.</summary>
    [Range(0, 36_500, ErrorMessage = "Storage:ArchiveRetentionDays must lie between 0 (for ever) and 36500.")]
    public int ArchiveRetentionDays { get; set; } = 730;

    /// <summary>Rows that the background scrub verifies a second; 0 switches it off. Default 200, at most 100,000.</summary>
    [Range(0, 100_000, ErrorMessage = "Storage:ScrubRowsPerSecond must lie between 0 (off) and 100000.")]
    public int ScrubRowsPerSecond { get; set; } = 200;
}
