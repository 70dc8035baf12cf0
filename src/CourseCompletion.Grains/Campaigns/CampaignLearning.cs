using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Arms;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>What a campaign learns from its tally.</summary>
/// <remarks>
/// All of it can be summed up anew from rows, but what is known about whom to leave alone is stored whenever a new estimate is in use or it begins or ends to be followed: an
/// activation goes on with it at once.
/// </remarks>
internal sealed class CampaignLearning(CampaignKey campaign, IPersistentState<StoredPayload> stored, IGrainFactory grains)
{
    private byte[] _arms = [];

    /// <summary>What is known about whom to leave alone; it is stored, but for what newer decisions gained.</summary>
    public UpliftState Uplift { get; private set; } =
        stored.RecordExists && !stored.State.Bytes.IsEmpty ? UpliftStateCodec.Decode(stored.State.Bytes.Span) : UpliftState.None;

    /// <summary>When it was learned; 0 before.</summary>
    public long LearnedAtMs { get; private set; }

    /// <summary>Whether a write failed, so that what is stored is not known any more.</summary>
    public bool IsStoreInDoubt { get; private set; }

    /// <summary>What silos need to decide the campaign's nudges.</summary>
    public CampaignPlan PlanFor(CampaignDefinition definition) => new(definition, _arms, definition.SendsOnExpectedGain ? UpliftStateCodec.Encode(Uplift) : []);

    /// <summary>The tally's sums as of an instant.</summary>
    public async Task<CampaignTally> SumAsync(long asOfMs)
    {
        var tally = new CampaignTally();
        foreach (var part in await Task.WhenAll(Shards().Select(shard => shard.SumAsync(asOfMs).AsTask())))
        {
            tally.Merge(part);
        }

        return tally;
    }

    /// <summary>Sums up and learns anew.</summary>
    /// <exception cref="Exception">A shard of the tally did not answer, or the store did not take what was learned: what was known before stays in use.</exception>
    public async Task LearnAsync(CampaignDefinition definition, long nowMs)
    {
        var tally = await SumAsync(nowMs);
        _arms = ArmStatisticsCodec.Encode(tally.Arms);
        if (definition.SendsOnExpectedGain)
        {
            var policy = UpliftPolicy.Default;
            var next = UpliftRules.Judge(Uplift, tally.Uplift, policy);
            next = UpliftRules.IsFitDue(next, policy) ? UpliftRules.Fit(next, await SampleAsync(), policy) : next;
            if (next.IsOn != Uplift.IsOn || next.FittedAt != Uplift.FittedAt)
            {
                await StoreAsync(next);
            }

            Uplift = next;
        }

        LearnedAtMs = nowMs;
    }

    private async Task<UpliftMoments> SampleAsync()
    {
        var sample = new UpliftMoments();
        foreach (var part in await Task.WhenAll(Shards().Select(shard => shard.SumUpliftAsync().AsTask())))
        {
            sample.Add(part);
        }

        return sample;
    }

    private IEnumerable<ITallyShardGrain> Shards() =>
        Enumerable.Range(0, CampaignRow.ShardCount).Select(shard => grains.GetGrain<ITallyShardGrain>(RosterKey.For(campaign, shard).Value));

    private async Task StoreAsync(UpliftState next)
    {
        stored.State.Bytes = UpliftStateCodec.Encode(next);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            IsStoreInDoubt = true;
            throw;
        }
    }
}
