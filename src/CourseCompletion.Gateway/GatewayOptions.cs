using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Gateway;

/// <summary>How callers are served: configuration section <c>Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string SectionName = "Gateway";

    /// <summary>Batches of one stream that may be under way; the stream is not read further beyond that. Default 16, from 1 to 1,024.</summary>
    [Range(1, 1024, ErrorMessage = "Gateway:InFlightBatchesMax must lie between 1 and 1024.")]
    public int InFlightBatchesMax { get; set; } = 16;

    /// <summary>
    /// Bytes of all batches under way in this process, as received. Beyond it streams are not read further and unary calls are refused. Default 256 MiB, from 1 MiB
    /// to 64 GiB; at least <see cref="MessageBytesMax"/>. In memory a batch takes a few times as much.
    /// </summary>
    [Range(1L << 20, 1L << 36, ErrorMessage = "Gateway:InFlightBytesMax must lie between 1048576 (1 MiB) and 68719476736 (64 GiB).")]
    public long InFlightBytesMax { get; set; } = 256L << 20;

    /// <summary>How long a learner's events may take; after it they are answered with RETRY. Default 5 seconds, from 0.1 to 25 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:00:25", ErrorMessage = "Gateway:LearnerCallTimeout must lie between 00:00:00.1 and 00:00:25.")]
    public TimeSpan LearnerCallTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest wait asked for with RETRY, with back-pressure and at the end of a stream: a gateway that stops has closed its connections by then, so that nobody comes back over one. Default 0.3 seconds, from 0.01 to 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ErrorMessage = "Gateway:RetryAfterMin must lie between 00:00:00.01 and 00:01:00.")]
    public TimeSpan RetryAfterMin { get; set; } = TimeSpan.FromMilliseconds(300);

    /// <summary>The longest wait asked for with RETRY, with back-pressure and at the end of a stream: of a rolling restart most learners notice this. Default 1 second, from 0.01 to 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:01:00", ErrorMessage = "Gateway:RetryAfterMax must lie between 00:00:00.01 and 00:01:00.")]
    public TimeSpan RetryAfterMax { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// How long a stream may live, give or take a tenth, before the client is asked to connect again, so that new gateways get their share. Default 0: for
    /// ever. In a cluster 30 minutes is a good choice.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00", ErrorMessage = "Gateway:StreamLifeMax must lie between 00:00:00 (for ever) and 7.00:00:00.")]
    public TimeSpan StreamLifeMax { get; set; }

    /// <summary>
    /// How long a stream may take at shutdown to answer what it has read; a moment later whatever still runs is aborted. Default 8 seconds, from 0 to 60 seconds; at
    /// least <see cref="LearnerCallTimeout"/>.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ErrorMessage = "Gateway:DrainTimeout must lie between 00:00:00 and 00:01:00.")]
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the silo and the store may take to hand over what they keep, after the last caller was answered. Default 20 seconds, from 1 second to 10 minutes; together they must end before the process is killed.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Gateway:CloseTimeout must lie between 00:00:01 and 00:10:00.")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest message taken from a client, in bytes. Default 16 MiB, from 64 KiB to 256 MiB.</summary>
    [Range(64 * 1024, 256 * 1024 * 1024, ErrorMessage = "Gateway:MessageBytesMax must lie between 65536 (64 KiB) and 268435456 (256 MiB).")]
    public int MessageBytesMax { get; set; } = 16 * 1024 * 1024;

    /// <summary>
    /// How long one question to a grain waits for a change to watch. Default 5 seconds, from 1 to 20 seconds. A silo that shuts down waits for such questions, and a
    /// watcher who left keeps its place at the grain for as long.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:20", ErrorMessage = "Gateway:WatchPatience must lie between 00:00:01 and 00:00:20.")]
    public TimeSpan WatchPatience { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The shortest time between two messages to a watcher; changes within it are sent as one. Default 0.1 seconds, at most 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10", ErrorMessage = "Gateway:WatchInterval must lie between 00:00:00 and 00:00:10.")]
    public TimeSpan WatchInterval { get; set; } = TimeSpan.FromMilliseconds(100);
}
