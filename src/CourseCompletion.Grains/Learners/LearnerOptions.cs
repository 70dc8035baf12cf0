using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Learners;

/// <summary>How learner grains hold and store state. Section <c>Learners</c>.</summary>
public sealed class LearnerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Learners";

    /// <summary>How many events may wait for one learner's next append before further ones are told to come again. Default 256.</summary>
    [Range(1, 100_000)]
    public int WaitingEventsMax { get; set; } = 256;

    /// <summary>How many reads may wait for one learner's append under way before further ones are refused. Default 256.</summary>
    [Range(1, 100_000)]
    public int WaitingReadsMax { get; set; } = 256;

    /// <summary>After how many journal frames a snapshot is taken at the latest. Default 512.</summary>
    [Range(1, 100_000)]
    public int SnapshotFramesMax { get; set; } = 512;

    /// <summary>How many bytes of journal frames are kept before a snapshot even if the snapshot is smaller. Default 32 KiB: about 200 events, replayed in under a millisecond.</summary>
    [Range(1, 10_000_000)]
    public int SnapshotBytesMin { get; set; } = 32 * 1024;

    /// <summary>How many learners a silo begins within a minute before the first inputs of further ones are told to come again. Default 120,000.</summary>
    [Range(1, 100_000_000)]
    public int NewLearnersPerMinuteMax { get; set; } = 120_000;

    /// <summary>How many watchers may wait for one learner's next change. Default 64.</summary>
    [Range(1, 10_000)]
    public int WatchersMax { get; set; } = 64;
}
