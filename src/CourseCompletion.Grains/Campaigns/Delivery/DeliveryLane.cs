using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Tenants;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>The deliveries of one channel on one silo.</summary>
internal sealed partial class DeliveryLane(
    INudgeSender? sender,
    IDeliveryReports reports,
    DeadLetterOutbox deadLetters,
    DeliveryOptions options,
    TimeProvider time,
    ILogger log,
    CancellationToken stopping,
    CancellationToken aborting) : IDisposable
{
    private static readonly RetryPolicy _reportPolicy = new() { WaitMax = TimeSpan.FromSeconds(30) };

    private readonly ConcurrentDictionary<(TenantId Tenant, string NudgeId, NudgeChannel Channel), Delivery> _deliveries = new();
    private readonly SemaphoreSlim _room = new(options.InFlightMax);
    private readonly RetryPolicy _policy = options.ToPolicy();
    private int _count;

    /// <summary>Takes a nudge unless it is here already or there is no room.</summary>
    public OfferResult Offer(NudgeMessage message, NudgeChannel channel)
    {
        var key = (message.Tenant, message.NudgeId, channel);
        if (_deliveries.ContainsKey(key))
        {
            return OfferResult.AlreadyUnderWay;
        }

        if (Interlocked.Increment(ref _count) > options.WaitingMax || stopping.IsCancellationRequested)
        {
            Interlocked.Decrement(ref _count);
            DeliveryMetrics.Deferred.Add(1, DeliveryMetrics.TagOf(channel));
            return OfferResult.Dropped;
        }

        var delivery = new Delivery(message, channel);
        if (!_deliveries.TryAdd(key, delivery))
        {
            Interlocked.Decrement(ref _count);
            return OfferResult.AlreadyUnderWay;
        }

        DeliveryMetrics.UnderWay.Add(1, DeliveryMetrics.TagOf(channel));
        delivery.Running = Task.Factory.StartNew(() => RunAsync(delivery), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        return OfferResult.Taken;
    }

    /// <summary>Ends when everything that is here now has ended.</summary>
    public Task WhenEmptyAsync() => Task.WhenAll(_deliveries.Values.Select(delivery => delivery.Running));

    public void Dispose() => _room.Dispose();

    private async Task RunAsync(Delivery delivery)
    {
        try
        {
            var end = await AttemptAsync(delivery);
            await ReportAsync(delivery, end);
            DeliveryMetrics.Ended.Add(1, DeliveryMetrics.TagOf(delivery.Channel), new("status", end.Status.ToString()));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops. The learner still has the nudge, and offers it elsewhere.
        }
        catch (Exception e)
        {
            LogBroke(log, delivery.Message.Tenant.Value, delivery.Message.NudgeId, delivery.Channel, e);
        }
        finally
        {
            _deliveries.TryRemove((delivery.Message.Tenant, delivery.Message.NudgeId, delivery.Channel), out _);
            Interlocked.Decrement(ref _count);
            DeliveryMetrics.UnderWay.Add(-1, DeliveryMetrics.TagOf(delivery.Channel));
        }
    }

    private async Task<DeliveryEnd> AttemptAsync(Delivery delivery)
    {
        var began = time.GetTimestamp();
        for (var attempts = 1; ; attempts++)
        {
            var outcome = await AttemptOnceAsync(delivery);
            if (outcome.Status != SendStatus.TryAgain)
            {
                return EndOf(delivery, outcome.Status == SendStatus.Delivered ? DeliveryStatus.Delivered : DeliveryStatus.Refused, sender is null ? 0 : attempts, outcome.Reason);
            }

            if (RetryRules.NextWait(attempts, time.GetElapsedTime(began), outcome.After, UniformOf(delivery, attempts), _policy) is not { } wait)
            {
                return EndOf(delivery, DeliveryStatus.GivenUp, attempts, outcome.Reason);
            }

            await Task.Delay(wait, time, stopping);
        }
    }

    private async Task<SendOutcome> AttemptOnceAsync(Delivery delivery)
    {
        if (sender is null)
        {
            return SendOutcome.Refused("channel not configured");
        }

        await _room.WaitAsync(stopping);
        try
        {
            // Room that became free in the same moment as the silo began to stop is not taken.
            stopping.ThrowIfCancellationRequested();
            var outcome = await sender.SendAsync(delivery.Message, aborting);
            DeliveryMetrics.Attempts.Add(1, DeliveryMetrics.TagOf(delivery.Channel), new("outcome", outcome.Status.ToString()));
            return outcome;
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogSenderThrew(log, delivery.Message.Tenant.Value, delivery.Message.NudgeId, delivery.Channel, e);
            return SendOutcome.TryAgain(e.GetType().Name);
        }
        finally
        {
            _room.Release();
        }
    }

    // As long as nobody knows the end, the nudge stays here: its learner's next offer then finds it under way instead of sending it once more.
    private async Task ReportAsync(Delivery delivery, DeliveryEnd end)
    {
        var message = delivery.Message;
        for (var failures = 1; ; failures++)
        {
            try
            {
                // The letter first: a crash between the two has the learner send once more, the other way round it would lose the letter.
                if (end.Status != DeliveryStatus.Delivered)
                {
                    await deadLetters.StoreAsync(message.Tenant, new(message.NudgeId, message.Learner, message.Campaign, message.Occurrence, end), stopping).WaitAsync(aborting);
                }

                await reports.ReportAsync(message, end, aborting);
                return;
            }
            catch (Exception e) when (!aborting.IsCancellationRequested)
            {
                LogNotReported(log, message.Tenant.Value, message.NudgeId, delivery.Channel, failures, e);
            }

            await Task.Delay(RetryRules.Backoff(failures, UniformOf(delivery, failures), _reportPolicy), time, stopping);
        }
    }

    private DeliveryEnd EndOf(Delivery delivery, DeliveryStatus status, int attempts, string reason) =>
        new(delivery.Channel, status, time.GetUtcNow().ToUnixTimeMilliseconds(), attempts, reason);

    // Chance is a hash of stable keys: nudges that failed together are spread, and a test is repeatable.
    private static double UniformOf(Delivery delivery, int attempts) =>
        (KeyHash.Of($"{delivery.Message.Tenant}\n{delivery.Message.NudgeId}\n{attempts}") >> 11) * (1.0 / (1UL << 53));

    private sealed class Delivery(NudgeMessage message, NudgeChannel channel)
    {
        public NudgeMessage Message { get; } = message;

        public NudgeChannel Channel { get; } = channel;

        public Task Running { get; set; } = Task.CompletedTask;
    }
}
