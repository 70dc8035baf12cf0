using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Abstractions.Campaigns;

/// <summary>The nudges of a tenant that did not reach their learners.</summary>
/// <remarks>
/// Key: <see cref="DeadLetterKey"/>. Called by the gateway and by backends of operators. The newest <see cref="DeadLetterRules.LettersMax"/> are kept. At most <see cref="DeadLetterRules.PageMax"/> letters a call.
/// </remarks>
[Alias("cc.IDeadLetterGrain")]
[Version(1)]
public interface IDeadLetterGrain : IGrainWithStringKey
{
    /// <summary>Lists letters, oldest first.</summary>
    /// <param name="after">The sequence after which to begin: that of the last letter of the page before, or 0.</param>
    /// <param name="limit">How many at most, from 1 to <see cref="DeadLetterRules.PageMax"/>; what lies outside is moved to the nearer end.</param>
    [Alias("ListAsync")]
    ValueTask<DeadLetterPage> ListAsync(long after, int limit);

    /// <summary>Hands nudges back to their learners, who have them sent again, and removes their letters. One that fails again comes back as a new letter.</summary>
    [Alias("RedriveAsync")]
    ValueTask<DeadLetterOutcome> RedriveAsync(long[] sequences);

    /// <summary>Removes letters without sending anything.</summary>
    [Alias("DropAsync")]
    ValueTask<DeadLetterOutcome> DropAsync(long[] sequences);
}

/// <summary>Some dead letters.</summary>
/// <param name="Letters">The letters, oldest first; none after the last page.</param>
/// <param name="Total">How many there are in all.</param>
/// <param name="Overflowed">How many went because there was no room for them.</param>
[GenerateSerializer, Alias("cc.dead-letter-page"), Immutable]
public sealed record DeadLetterPage(
    [property: Id(0)] DeadLetterView[] Letters,
    [property: Id(1)] int Total,
    [property: Id(2)] long Overflowed);

/// <summary>A dead letter.</summary>
/// <param name="Sequence">Names it within its tenant.</param>
/// <param name="Letter">The letter.</param>
[GenerateSerializer, Alias("cc.dead-letter-view"), Immutable]
public readonly record struct DeadLetterView([property: Id(0)] long Sequence, [property: Id(1)] DeadLetter Letter);

/// <summary>What became of letters that were named.</summary>
/// <param name="Done">How many were handed back, or removed.</param>
/// <param name="Declined">How many were removed because their learner no longer has them to send: delivered meanwhile, or erased.</param>
/// <param name="Failed">How many stay, because their learner could not be reached; try them again.</param>
/// <param name="Unknown">How many are not there.</param>
/// <param name="Fault">Why nothing was done; null when something was.</param>
[GenerateSerializer, Alias("cc.dead-letter-outcome"), Immutable]
public readonly record struct DeadLetterOutcome(
    [property: Id(0)] int Done,
    [property: Id(1)] int Declined,
    [property: Id(2)] int Failed,
    [property: Id(3)] int Unknown,
    [property: Id(4)] Rejection? Fault);
