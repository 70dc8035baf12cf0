using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.UnitTests.Channels;
using CourseCompletion.UnitTests.Gateway;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Campaigns.Delivery;

public sealed class NudgeDispatcherTests : IDisposable
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_772_000_000_000));
    private readonly ConcurrentQueue<(string NudgeId, DeliveryEnd End)> _ends = new();
    private readonly ConcurrentQueue<(string Tenant, DeadLetter Letter)> _letters = new();
    private readonly DeliveryOptions _options = new() { AttemptsMax = 4, InFlightMax = 2, WaitingMax = 5 };
    private NudgeDispatcher? _dispatcher;
    private int _reportsToFail;

    public void Dispose() => _dispatcher?.Dispose();

    [Fact]
    public async Task Offer_ReceiverTakesIt_ReportsThatItIsDelivered()
    {
        var sender = Start(ScriptedSender.Of(SendOutcome.Delivered));

        Assert.Equal(OfferResult.Taken, Offer("nudge-1"));
        await EndsAsync(1, stepSeconds: 0);

        Assert.Equal(("nudge-1", new DeliveryEnd(NudgeChannel.Webhook, DeliveryStatus.Delivered, 1_772_000_000_000, 1, "")), _ends.Single());
        Assert.Equal(Nudges.Of("nudge-1"), sender.Attempts.Single());
        Assert.Empty(_letters);
    }

    [Fact]
    public async Task Offer_ReceiverIsDownAtFirst_IsAttemptedAgainUnderTheSameId()
    {
        var sender = Start(ScriptedSender.Of(SendOutcome.TryAgain("http 503"), SendOutcome.TryAgain("http 500"), SendOutcome.Delivered));
        Offer("nudge-1");
        await EndsAsync(1);

        Assert.Equal((DeliveryStatus.Delivered, 3), (_ends.Single().End.Status, _ends.Single().End.Attempts));
        Assert.Equal(["nudge-1", "nudge-1", "nudge-1"], sender.Attempts.Select(message => message.NudgeId));
        Assert.True(_ends.Single().End.AtMs > 1_772_000_000_000);
    }

    [Fact]
    public async Task Offer_ReceiverAsksToBeLeftAlone_WaitsThatLong()
    {
        Start(ScriptedSender.Of(SendOutcome.TryAgain("http 429", TimeSpan.FromMinutes(30)), SendOutcome.Delivered));
        Offer("nudge-1");
        await EndsAsync(1, stepSeconds: 60);

        Assert.True(_ends.Single().End.AtMs - 1_772_000_000_000 >= TimeSpan.FromMinutes(30).TotalMilliseconds);
    }

    [Fact]
    public async Task Offer_ReceiverStaysDown_IsGivenUpAndBecomesADeadLetter()
    {
        var sender = Start(ScriptedSender.Of(SendOutcome.TryAgain("http 503")));
        Offer("nudge-1");
        await EndsAsync(1);

        var end = _ends.Single().End;
        Assert.Equal((DeliveryStatus.GivenUp, 4, "http 503"), (end.Status, end.Attempts, end.Reason));
        Assert.Equal(4, sender.Attempts.Count);
        var message = Nudges.Of("nudge-1");
        Assert.Equal(("default", new DeadLetter("nudge-1", message.Learner, message.Campaign, message.Occurrence, end)), _letters.Single());
    }

    [Fact]
    public async Task Offer_ReceiverRefuses_IsADeadLetterAfterOneAttempt()
    {
        Start(ScriptedSender.Of(SendOutcome.Refused("http 410")));
        Offer("nudge-1");
        await EndsAsync(1);

        Assert.Equal((DeliveryStatus.Refused, 1, "http 410"), (_letters.Single().Letter.End.Status, _letters.Single().Letter.End.Attempts, _letters.Single().Letter.End.Reason));
    }

    [Fact]
    public async Task Offer_SenderThrows_IsAttemptedAgain()
    {
        Start(new ScriptedSender((attempt, _) => attempt == 1 ? throw new InvalidOperationException() : Task.FromResult(SendOutcome.Delivered)));
        Offer("nudge-1");
        await EndsAsync(1);

        Assert.Equal((DeliveryStatus.Delivered, 2), (_ends.Single().End.Status, _ends.Single().End.Attempts));
    }

    [Fact]
    public async Task Offer_SameNudgeWhileItIsUnderWay_IsSentOnce()
    {
        var answer = new TaskCompletionSource<SendOutcome>();
        var sender = Start(new ScriptedSender((_, _) => answer.Task));

        Assert.Equal(OfferResult.Taken, Offer("nudge-1"));
        Assert.Equal(OfferResult.AlreadyUnderWay, Offer("nudge-1"));
        Assert.Equal(OfferResult.Taken, Offer("nudge-2"));
        answer.SetResult(SendOutcome.Delivered);
        await EndsAsync(2);

        Assert.Equal(2, sender.Attempts.Count);
    }

    [Fact]
    public async Task Offer_ReportFails_HasNotEndedUntilOneSucceeds()
    {
        _reportsToFail = 3;
        var sender = Start(ScriptedSender.Of(SendOutcome.Delivered));
        Offer("nudge-1");
        await Eventually.HoldsAsync(() => Volatile.Read(ref _reportsToFail) < 3, "a report failed");

        Assert.Equal(OfferResult.AlreadyUnderWay, Offer("nudge-1"));
        await EndsAsync(1);
        Assert.Single(sender.Attempts);
        Assert.Equal(1_772_000_000_000, _ends.Single().End.AtMs);
    }

    [Fact]
    public async Task Offer_MoreThanThereIsRoomFor_IsDroppedAndNoMoreThanAllowedAreInFlight()
    {
        var answer = new TaskCompletionSource<SendOutcome>();
        var sender = Start(new ScriptedSender((_, _) => answer.Task));
        var offers = Enumerable.Range(0, 8).Select(i => Offer($"nudge-{i}")).ToArray();
        await Eventually.HoldsAsync(() => sender.Attempts.Count == 2, "two are in flight");

        Assert.Equal((5, 3), (offers.Count(offer => offer == OfferResult.Taken), offers.Count(offer => offer == OfferResult.Dropped)));
        answer.SetResult(SendOutcome.Delivered);
        await EndsAsync(5);
        Assert.Equal(2, sender.MostUnderWay);
        await Eventually.HoldsAsync(() => Offer("nudge-9") == OfferResult.Taken, "there is room again");
    }

    [Fact]
    public async Task Offer_ChannelThatIsNotConfigured_IsRefused()
    {
        Start(ScriptedSender.Of(SendOutcome.Delivered));

        Assert.False(_dispatcher!.Serves(NudgeChannel.Email));
        Assert.Equal(OfferResult.Taken, _dispatcher.Offer(Nudges.Of("nudge-1"), NudgeChannel.Email));
        await EndsAsync(1);
        Assert.Equal(new DeliveryEnd(NudgeChannel.Email, DeliveryStatus.Refused, _ends.Single().End.AtMs, 0, "channel not configured"), _ends.Single().End);
        Assert.Single(_letters);
    }

    [Fact]
    public async Task StopAsync_NudgesInEveryState_EndsWhatIsInFlightAndBeginsNothing()
    {
        var answer = new TaskCompletionSource<SendOutcome>();
        var sender = Start(new ScriptedSender((attempt, _) => attempt == 1 ? Task.FromResult(SendOutcome.TryAgain("http 503")) : answer.Task));
        Offer("waits for its next attempt");
        await Eventually.HoldsAsync(() => sender.Attempts.Count == 1, "the first attempt was made");
        Enumerable.Range(0, 4).ToList().ForEach(i => Offer($"nudge-{i}"));
        await Eventually.HoldsAsync(() => sender.Attempts.Count == 3, "two are in flight");
        var stopping = _dispatcher!.StopAsync(CancellationToken.None);
        Assert.Equal(OfferResult.Dropped, Offer("too late"));
        answer.SetResult(SendOutcome.Delivered);
        await stopping;

        Assert.Equal(3, sender.Attempts.Count);
        Assert.Equal(2, _ends.Count);
        Assert.All(_ends, end => Assert.Equal(DeliveryStatus.Delivered, end.End.Status));
    }

    [Fact]
    public async Task StopAsync_SenderHangs_IsAbortedWhenTheTimeIsOver()
    {
        var sender = Start(new ScriptedSender(async (_, aborted) =>
        {
            await Task.Delay(Timeout.Infinite, aborted);
            return SendOutcome.Delivered;
        }));
        Offer("nudge-1");
        await Eventually.HoldsAsync(() => sender.Attempts.Count == 1, "it is in flight");
        await _dispatcher!.StopAsync(new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Empty(_ends);
    }

    [Fact]
    public void Constructor_TwoSendersForOneChannel_Throws() => Assert.Throws<InvalidOperationException>(() => Make(ScriptedSender.Of(), ScriptedSender.Of()));

    private ScriptedSender Start(ScriptedSender sender)
    {
        _dispatcher = Make(sender);
        return sender;
    }

    private NudgeDispatcher Make(params INudgeSender[] senders)
    {
        var outbox = new DeadLetterOutbox(
            (tenant, letters) =>
            {
                Array.ForEach(letters, letter => _letters.Enqueue((tenant.Value, letter)));
                return Task.CompletedTask;
            },
            _time);
        return new(senders, new KeptReports(this), outbox, Options.Create(_options), _time, NullLogger<NudgeDispatcher>.Instance);
    }

    private OfferResult Offer(string nudgeId) => _dispatcher!.Offer(Nudges.Of(nudgeId), NudgeChannel.Webhook);

    private Task EndsAsync(int count, int stepSeconds = 1) =>
        Eventually.HoldsAsync(() => _ends.Count == count, $"{count} ends are reported", () => _time.Advance(TimeSpan.FromSeconds(stepSeconds)));

    private sealed class KeptReports(NudgeDispatcherTests test) : IDeliveryReports
    {
        public Task ReportAsync(NudgeMessage message, DeliveryEnd end, CancellationToken cancellationToken)
        {
            if (Volatile.Read(ref test._reportsToFail) > 0)
            {
                Interlocked.Decrement(ref test._reportsToFail);
                return Task.FromException(new TimeoutException());
            }

            // A letter is stored before its end is reported.
            Assert.Equal(end.Status != DeliveryStatus.Delivered, test._letters.Any(letter => letter.Letter.NudgeId == message.NudgeId));
            test._ends.Enqueue((message.NudgeId, end));
            return Task.CompletedTask;
        }
    }
}
