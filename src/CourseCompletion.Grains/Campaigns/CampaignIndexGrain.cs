using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Campaigns;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>Which campaigns a tenant has, and what they found about completion.</summary>
/// <remarks>
/// Key: <see cref="CampaignIndexKey"/>. Called by campaigns, the gateway and backends; calls nobody. A campaign's id is stored before its definition is, so no campaign is missing. What
/// campaigns found is stored each minute; what is lost in between they tell again.
/// </remarks>
internal sealed class CampaignIndexGrain(
    [PersistentState("campaign-index", StorageNames.GrainStorageName)] IPersistentState<StoredPayload> stored) : Grain, ICampaignIndexGrain, ICampaignIndexIntakeGrain
{
    private const int LimitMax = 1_000;
    private static readonly TimeSpan _storeEvery = TimeSpan.FromMinutes(1);

    private CampaignIndex _index = new();
    private bool _isDirty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (stored.RecordExists && !stored.State.Bytes.IsEmpty)
        {
            _index = CampaignIndexCodec.Decode(stored.State.Bytes.Span);
        }

        this.RegisterGrainTimer(StoreNewsAsync, new GrainTimerCreationOptions(_storeEvery, _storeEvery) { KeepAlive = false });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => StoreNewsAsync(cancellationToken);

    public async ValueTask<bool> RegisterAsync(string campaign)
    {
        if (_index.Contains(campaign))
        {
            return true;
        }

        var added = _index.TryAdd(campaign);
        if (added)
        {
            await StoreAsync();
        }

        return added;
    }

    public ValueTask<CompletionPool> PoolAsync(CompletionFound found)
    {
        _isDirty |= _index.Take(new(found.Campaign, found.Value, found.StandardError, found.Units));
        var (effect, campaigns) = _index.PoolFor(found.Campaign, EffectPolicy.ForAudience(found.EligibleAtCreation));
        return new(new CompletionPool(effect.Value, effect.Low, effect.High, campaigns));
    }

    public ValueTask<string[]> ListAsync(string? after, int limit) => new(_index.After(after, Math.Clamp(limit, 1, LimitMax)));

    private Task StoreNewsAsync(CancellationToken cancellationToken) => _isDirty ? StoreAsync() : Task.CompletedTask;

    private async Task StoreAsync()
    {
        stored.State.Bytes = CampaignIndexCodec.Encode(_index);
        _isDirty = false;
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
    }
}
