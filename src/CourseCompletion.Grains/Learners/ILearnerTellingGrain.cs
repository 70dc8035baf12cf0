using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Learners;

/// <summary>The side of a learner that repeats what it has to tell.</summary>
/// <remarks>Key: <see cref="Domain.Learners.LearnerKey"/>. Called by scheduler shards, for marks left by a crash, and by roster refreshes, after a course changed.</remarks>
[Alias("cc.ILearnerTellingGrain")]
[Version(1)]
internal interface ILearnerTellingGrain : IGrainWithStringKey
{
    /// <summary>Hands the learner's current row of each course or campaign to the silo's collector again, and deliveries that have not ended to the outbox; safe to repeat.</summary>
    [Alias("TellAsync")]
    [AlwaysInterleave]
    ValueTask TellAsync(string[] targets);
}
