using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Scans;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Courses;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns;

/// <inheritdoc cref="ICampaignShardGrain"/>
/// <remarks>
/// How far it has looked is stored after the offers are decided, so a crash in between has it look again: an occurrence that a learner's gate has decided is answered, not decided
/// again. Each look begins a little before the last one's end, for learners whose rows moved here meanwhile.
/// </remarks>
internal sealed partial class CampaignShardGrain(
    [PersistentState("campaign-shard", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored,
    IOptions<CampaignOptions> options,
    ILogger<CampaignShardGrain> log) : Grain, ICampaignShardGrain
{
    private readonly HashSet<(string Learner, int Day)> _offered = [];
    private readonly Queue<(long DueAtMs, string Learner, int Day)> _offeredInOrder = new();
    private CampaignShardKey _key;
    private ScanProgress _progress;
    private long _storedThroughMs;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = CampaignShardKey.Parse(this.GetPrimaryKeyString());
        _progress = stored.RecordExists && !stored.State.Bytes.IsEmpty ? ScanProgress.Decode(stored.State.Bytes.Span) : ScanProgress.None;
        _storedThroughMs = _progress.ThroughMs;
        return Task.CompletedTask;
    }

    public async ValueTask<int> ScanAsync(CampaignDefinition campaign, long throughMs)
    {
        var afterMs = _progress.AfterFor(campaign, throughMs);
        Forget(afterMs);
        var members = await GrainFactory.GetGrain<IRosterShardGrain>(_key.Roster.Value).SelectAudienceAsync(new(campaign, afterMs, throughMs));
        var decided = await OfferAsync(campaign, members);
        _progress = new(throughMs);
        if (decided > 0 || throughMs - _storedThroughMs >= (long)options.Value.StoreEvery.TotalMilliseconds)
        {
            await StoreAsync();
        }

        return decided;
    }

    private async Task<int> OfferAsync(CampaignDefinition campaign, AudienceMember[] members)
    {
        var (decided, failed) = (0, 0);
        Exception? first = null;
        using var room = new SemaphoreSlim(options.Value.OffersInFlightMax);
        var offers = new List<Task>(members.Length);
        foreach (var member in members)
        {
            if (member.DueAtMs > 0 && _offered.Contains((member.Learner, member.Day)))
            {
                continue;
            }

            await room.WaitAsync();
            offers.Add(OfferOneAsync(member));
        }

        await Task.WhenAll(offers);
        if (first is not null)
        {
            // Looked at again from where it began: those who have decided answer without deciding again.
            LogOffersFailed(log, _key.Value, failed, first);
            throw new StoreUnavailableException($"{failed} learners of campaign {_key.Campaign} could not decide; they are asked again.", first);
        }

        return decided;

        async Task OfferOneAsync(AudienceMember member)
        {
            try
            {
                decided += await OfferOneToAsync(campaign, member) ? 1 : 0;
            }
            catch (Exception e)
            {
                failed++;
                first ??= e;
            }
            finally
            {
                room.Release();
            }
        }
    }

    private async Task<bool> OfferOneToAsync(CampaignDefinition campaign, AudienceMember member)
    {
        var learner = GrainFactory.GetGrain<ILearnerNudgeGrain>(LearnerKey.For(_key.Campaign.Tenant, new(member.Learner)).Value);
        if (member.DueAtMs == 0)
        {
            await learner.DecideDeferredAsync();
            return true;
        }

        var offer = new NudgeOffer(
            campaign.Campaign, campaign.Version, ScanRules.OccurrenceOf(member.Day), _key.Roster.Course.Course, member.DueAtMs, IsScheduled: true, []);
        var answer = await learner.OfferNudgeAsync(offer);
        if (_offered.Add((member.Learner, member.Day)))
        {
            _offeredInOrder.Enqueue((member.DueAtMs, member.Learner, member.Day));
        }

        return !answer.IsRepeat;
    }

    private void Forget(long beforeMs)
    {
        while (_offeredInOrder.TryPeek(out var oldest) && oldest.DueAtMs <= beforeMs)
        {
            _offeredInOrder.Dequeue();
            _offered.Remove((oldest.Learner, oldest.Day));
        }
    }

    private async Task StoreAsync()
    {
        stored.State.Bytes = _progress.Encode();
        try
        {
            await stored.WriteStateAsync();
            _storedThroughMs = _progress.ThroughMs;
        }
        catch
        {
            // What is stored is not known any more.
            DeactivateOnIdle();
            throw;
        }
    }

    [LoggerMessage(2460, LogLevel.Warning, "{Count} offers of campaign shard {Shard} failed; they are made again.")]
    private static partial void LogOffersFailed(ILogger logger, string shard, int count, Exception e);
}
