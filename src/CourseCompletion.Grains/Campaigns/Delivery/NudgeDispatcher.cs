using CourseCompletion.Domain.Campaigns.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Hands the nudges of the silo's learners to channels, attempts again what may work later, and reports how each delivery ended.</summary>
/// <remarks>
/// One a silo. Called by learners, who keep a nudge pending until its end is reported and offer it again until then: what a crash loses here, or what finds no room, comes back. Nothing here outlives the silo, so a receiver may see
/// an attempt twice, under one idempotency key.
/// </remarks>
internal sealed class NudgeDispatcher : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private static readonly TimeSpan _stopWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _abortWithin = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly Dictionary<NudgeChannel, DeliveryLane> _lanes = [];
    private readonly DeliveryLane _absent;

    /// <summary>Makes a dispatcher of the channels that are registered.</summary>
    /// <exception cref="InvalidOperationException">Two senders serve one channel.</exception>
    public NudgeDispatcher(
        IEnumerable<INudgeSender> senders,
        IDeliveryReports reports,
        DeadLetterOutbox deadLetters,
        IOptions<DeliveryOptions> options,
        [FromKeyedServices(EngineTime.Key)] TimeProvider time,
        ILogger<NudgeDispatcher> log)
    {
        DeliveryLane LaneOf(INudgeSender? sender) => new(sender, reports, deadLetters, options.Value, time, log, _stopping.Token, _aborting.Token);

        foreach (var sender in senders)
        {
            if (!_lanes.TryAdd(sender.Channel, LaneOf(sender)))
            {
                throw new InvalidOperationException($"Two senders serve the channel {sender.Channel}: register one.");
            }
        }

        _absent = LaneOf(null);
    }

    private IEnumerable<DeliveryLane> Lanes => _lanes.Values.Append(_absent);

    /// <summary>Whether a channel is configured on this silo.</summary>
    public bool Serves(NudgeChannel channel) => _lanes.ContainsKey(channel);

    /// <summary>Takes a nudge to be delivered soon, unless it is under way already. One for a channel that is not configured ends as refused.</summary>
    public OfferResult Offer(NudgeMessage message, NudgeChannel channel) => _lanes.GetValueOrDefault(channel, _absent).Offer(message, channel);

    public void Dispose()
    {
        foreach (var lane in Lanes)
        {
            lane.Dispose();
        }

        _stopping.Dispose();
        _aborting.Dispose();
    }

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(NudgeDispatcher), ServiceLifecycleStage.Active, _ => Task.CompletedTask, StopAsync);

    /// <summary>Begins nothing any more, and gives what is under way five seconds to end and to be reported.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await WhenEmptyAsync().WaitAsync(_stopWithin, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _aborting.CancelAsync();
        await WhenEmptyAsync().WaitAsync(_abortWithin, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private Task WhenEmptyAsync() => Task.WhenAll(Lanes.Select(lane => lane.WhenEmptyAsync()));
}
