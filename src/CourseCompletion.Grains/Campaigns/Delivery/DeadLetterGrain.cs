using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Campaigns;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>The nudges of a tenant that did not reach their learners.</summary>
/// <remarks>Key: <see cref="DeadLetterKey"/>. Called by dispatchers (letters), the gateway and backends (the rest); calls learners to have nudges sent again.</remarks>
internal sealed partial class DeadLetterGrain(
    [PersistentState("dead-letters", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    ILogger<DeadLetterGrain> log) : Grain, IDeadLetterGrain, IDeadLetterIntakeGrain
{
    private DeadLetterKey _key;
    private DeadLetters _letters = new();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = DeadLetterKey.Parse(this.GetPrimaryKeyString());
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _letters = DeadLettersCodec.Decode(stored.State.Bytes.Span);
        }

        DeliveryMetrics.ShowLettersKept(_key.Tenant, _letters.Count);
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        DeliveryMetrics.ShowLettersKept(_key.Tenant, 0);
        return Task.CompletedTask;
    }

    public async Task TakeAsync(DeadLetter[] letters)
    {
        var overflowed = _letters.Overflowed;
        DeadLetterRules.Take(_letters, letters);
        await StoreAsync();
        DeliveryMetrics.LettersTaken.Add(letters.Length);
        DeliveryMetrics.LettersOverflowed.Add(_letters.Overflowed - overflowed);
    }

    public ValueTask<DeadLetterPage> ListAsync(long after, int limit) => new(new DeadLetterPage(
        [.. DeadLetterRules.List(_letters, after, limit).Select(kept => new DeadLetterView(kept.Sequence, kept.Letter))],
        _letters.Count,
        _letters.Overflowed));

    public async ValueTask<DeadLetterOutcome> RedriveAsync(long[] sequences)
    {
        if (DeadLetterRules.CheckNamed(sequences) is { } fault)
        {
            return new(0, 0, 0, 0, fault);
        }

        var found = DeadLetterRules.Find(_letters, sequences);
        var answers = await Task.WhenAll(found.Select(kept => HandBackAsync(kept.Letter)));
        var outcome = new DeadLetterOutcome(
            answers.Count(onItsWay => onItsWay == true), answers.Count(onItsWay => onItsWay == false), answers.Count(onItsWay => onItsWay is null), sequences.Distinct().Count() - found.Count, null);
        await DropAndStoreAsync(found.Where((_, i) => answers[i] is not null).Select(kept => kept.Sequence));
        return outcome;
    }

    public async ValueTask<DeadLetterOutcome> DropAsync(long[] sequences)
    {
        if (DeadLetterRules.CheckNamed(sequences) is { } fault)
        {
            return new(0, 0, 0, 0, fault);
        }

        var dropped = await DropAndStoreAsync(sequences);
        return new(dropped, 0, 0, sequences.Distinct().Count() - dropped, null);
    }

    /// <summary>Whether the nudge is on its way; null when its learner could not be asked.</summary>
    private async Task<bool?> HandBackAsync(DeadLetter letter)
    {
        try
        {
            return await GrainFactory.GetGrain<ILearnerDeliveryGrain>(LearnerKey.For(_key.Tenant, letter.Learner).Value).RedriveAsync(letter.NudgeId, letter.End.Channel);
        }
        catch (Exception e) when (e is TimeoutException or OrleansException or StoreUnavailableException or LearnerBusyException)
        {
            LogNotHandedBack(log, _key.Value, letter.NudgeId, e);
            return null;
        }
    }

    private async Task<int> DropAndStoreAsync(IEnumerable<long> sequences)
    {
        var dropped = DeadLetterRules.Drop(_letters, sequences);
        if (dropped > 0)
        {
            await StoreAsync();
        }

        return dropped;
    }

    private async Task StoreAsync()
    {
        stored.State.Bytes = DeadLettersCodec.Encode(_letters);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }

        DeliveryMetrics.ShowLettersKept(_key.Tenant, _letters.Count);
    }

    [LoggerMessage(2410, LogLevel.Warning, "Dead letter {Nudge} of {Tenant} could not be handed back to its learner and stays.")]
    private static partial void LogNotHandedBack(ILogger logger, string tenant, string nudge, Exception e);
}
