using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Grains.Abstractions.Learners;
using CsCheck;
using Google.Protobuf.Collections;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

public class EventIngestTests
{
    private readonly FakeLearners _learners = new();
    private readonly FakeTimeProvider _time = new();
    private readonly EventIngest _ingest;

    public EventIngestTests() =>
        _ingest = new(_learners, Options.Create(new GatewayOptions()), _time, new(NullLogger<IngestFaultLog>.Instance, _time));

    [Fact]
    public async Task Record_EventsOfTwoLearners_OneCallEachInOrder()
    {
        await RecordAsync(WireEvents.Liked("a", "1"), WireEvents.Liked("b", "2"), WireEvents.Liked("a", "3"));

        Assert.Equal(["1", "3"], Assert.Single(_learners["a"].Batches).Events.Select(e => e.EventId));
        Assert.Equal(["2"], Assert.Single(_learners["b"].Batches).Events.Select(e => e.EventId));
    }

    [Fact]
    public async Task Record_SentAt_ReachesEveryLearner()
    {
        var events = new RepeatedField<Wire.Event> { WireEvents.Liked("a"), WireEvents.Liked("b") };

        await _ingest.RecordAsync(events, 123, [], []);

        Assert.Equal((123, 123), (_learners["a"].Batches[0].SentAtMs, _learners["b"].Batches[0].SentAtMs));
    }

    [Fact]
    public async Task Record_MixedOutcomes_ResultsStandInTheEventsOrder()
    {
        _learners["a"].OnRecord = _ => new(new RecordOutcome(
            [
                new(EventStatus.Accepted, true, null),
                new(EventStatus.Rejected, false, new(RejectionReason.TooLate, "occurred_at", "Too late.")),
            ],
            [new(new("c1"), 0.25f, "prior-1", 1)]));
        _learners["b"].OnRecord = _ => new(new RecordOutcome(
            [new(EventStatus.Duplicate, false, null), EventOutcome.Retry], [new(new("c1"), 0.75f, "prior-1", 1)]));

        var (results, completions) = await RecordAsync(
            WireEvents.Liked("a"), WireEvents.Liked("b"), WireEvents.Liked(""), WireEvents.Liked("b"), WireEvents.Liked("a"));

        Assert.Equal(
            [
                Wire.EventStatus.Accepted, Wire.EventStatus.Duplicate, Wire.EventStatus.Rejected, Wire.EventStatus.Retry, Wire.EventStatus.Rejected,
            ],
            results.Select(result => result.Status));
        Assert.Equal([0.25, 0.75], results.Where(result => result.HasCompletionProbability).Select(result => result.CompletionProbability));
        Assert.Equal([true, false, false, false, false], results.Select(result => result.ClockCorrected));
        Assert.Equal((Wire.RejectionReason.MissingField, "learner_id"), (results[2].Reason, results[2].Field));
        Assert.Equal((Wire.RejectionReason.TooLate, "occurred_at"), (results[4].Reason, results[4].Field));

        // Only what an accepted event touched: the duplicate changed nothing.
        Assert.Equal(("a", "c1", 0.25), Assert.Single(completions.Select(c => (c.LearnerId, c.CourseId, c.CompletionProbability))));
    }

    [Fact]
    public async Task Record_BadEvent_IsRejectedAloneAndNotSent()
    {
        var bad = WireEvents.Liked("a", "bad");
        bad.Position = double.NaN;

        var (results, _) = await RecordAsync(bad, WireEvents.Liked("a", "good"), WireEvents.Liked("\u0007", "worse"));

        Assert.Equal([Wire.EventStatus.Rejected, Wire.EventStatus.Accepted, Wire.EventStatus.Rejected], results.Select(result => result.Status));
        Assert.Equal("good", Assert.Single(Assert.Single(_learners["a"].Batches).Events).EventId);
    }

    [Fact]
    public async Task Record_GrainFails_ItsEventsAloneRetry()
    {
        _learners["thrower"].OnRecord = _ => throw new TimeoutException();
        _learners["faulted"].OnRecord = async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        };
        _learners["short"].OnRecord = _ => new(new RecordOutcome([], []));

        var (results, _) = await RecordAsync(
            WireEvents.Liked("thrower"), WireEvents.Liked("well"), WireEvents.Liked("faulted"), WireEvents.Liked("short"), WireEvents.Liked("thrower"));

        Assert.Equal(
            [Wire.EventStatus.Retry, Wire.EventStatus.Accepted, Wire.EventStatus.Retry, Wire.EventStatus.Retry, Wire.EventStatus.Retry],
            results.Select(result => result.Status));
        Assert.All(
            results.Where(result => result.Status == Wire.EventStatus.Retry),
            result => Assert.InRange(result.RetryAfter.ToTimeSpan(), TimeSpan.FromSeconds(0.3), TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Record_GrainStalls_BatchIsAnsweredAtTheDeadline()
    {
        var never = new TaskCompletionSource<RecordOutcome>();
        _learners["slow"].OnRecord = _ => new(never.Task);

        var recording = RecordAsync(WireEvents.Liked("slow"), WireEvents.Liked("well"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(recording.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        var (results, _) = await recording;

        Assert.Equal([Wire.EventStatus.Retry, Wire.EventStatus.Accepted], results.Select(result => result.Status));
    }

    [Fact]
    public async Task Record_GrainAnswersBeforeTheDeadline_IsAccepted()
    {
        var late = new TaskCompletionSource<RecordOutcome>();
        _learners["slow"].OnRecord = _ => new(late.Task);

        var recording = RecordAsync(WireEvents.Liked("slow"));
        _time.Advance(TimeSpan.FromSeconds(4.9));
        late.SetResult(new(new EventOutcome[1], []));

        Assert.Equal(Wire.EventStatus.Accepted, Assert.Single((await recording).Results).Status);
    }

    [Fact]
    public async Task Record_AfterAStall_LateAnswersDisturbNobody()
    {
        var late = new TaskCompletionSource<RecordOutcome>();
        _learners["slow"].OnRecord = _ => new(late.Task);
        var stalled = RecordAsync(WireEvents.Liked("slow"));
        _time.Advance(TimeSpan.FromSeconds(6));
        await stalled;

        var other = new TaskCompletionSource<RecordOutcome>();
        _learners["other"].OnRecord = _ => new(other.Task);
        var recording = RecordAsync(WireEvents.Liked("other"));
        late.SetResult(new([EventOutcome.Retry], []));
        Assert.False(recording.IsCompleted);
        other.SetResult(new(new EventOutcome[1], []));

        Assert.Equal(Wire.EventStatus.Accepted, Assert.Single((await recording).Results).Status);
    }

    [Fact]
    public async Task Record_SecondBatchStalls_HasADeadlineOfItsOwn()
    {
        await RecordSlowlyAsync(TimeSpan.FromSeconds(3));

        var never = new TaskCompletionSource<RecordOutcome>();
        _learners["slow"].OnRecord = _ => new(never.Task);
        var recording = RecordAsync(WireEvents.Liked("slow"));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.False(recording.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(Wire.EventStatus.Retry, Assert.Single((await recording).Results).Status);
    }

    // Batches are used again: whatever came before, each event gets its own learner's answer.
    [Fact]
    public void Record_AnyBatchesInARow_EachEventGetsItsOwnAnswer() =>
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4]).Array[1, 40].Array[1, 6].Sample(batches =>
        {
            var learners = new FakeLearners { Otherwise = batch => new(Task.Run(() => Outcome(batch))) };
            var ingest = new EventIngest(learners, Options.Create(new GatewayOptions()), _time, new(NullLogger<IngestFaultLog>.Instance, _time));
            foreach (var batch in batches)
            {
                var results = new RepeatedField<Wire.EventResult>();
                var events = new RepeatedField<Wire.Event> { batch.Select(e => WireEvents.Liked(e.Item1 == 0 ? "" : $"l{e.Item1}", $"{e.Item1}:{e.Item2}")) };
                ingest.RecordAsync(events, 0, results, []).AsTask().GetAwaiter().GetResult();
                Assert.Equal(batch.Select(e => e.Item1 == 0 ? "learner_id" : e.Item2 == 4 ? $"{e.Item1}:4" : ""), results.Select(result => result.Field));
            }

            // Events with a 4 at the end are rejected, and the field says which one it was.
            static RecordOutcome Outcome(EventBatch batch) => new(
                [
                    .. batch.Events.Select(e => e.EventId.EndsWith('4')
                        ? new EventOutcome(EventStatus.Rejected, false, new(RejectionReason.InvalidField, e.EventId, ""))
                        : default),
                ],
                []);
        });

    [Theory]
    [InlineData(0, null)]
    [InlineData(1000, null)]
    [InlineData(1001, "events")]
    public void Check_NumberOfEvents_IsBounded(int count, string? field)
    {
        var events = new RepeatedField<Wire.Event> { Enumerable.Range(0, count).Select(_ => new Wire.Event()) };

        Assert.Equal(field, EventIngest.Check(events, null, out var sentAtMs)?.Field);
        Assert.Equal(0, sentAtMs);
    }

    [Theory]
    [InlineData(1_767_607_200, 5_000_000, null)]
    [InlineData(0, 0, "sent_at")]
    [InlineData(long.MinValue, 0, "sent_at")]
    [InlineData(1_767_607_200, -1, "sent_at")]
    public void Check_SentAt_MustBeATime(long seconds, int nanos, string? field)
    {
        Assert.Equal(field, EventIngest.Check([], new() { Seconds = seconds, Nanos = nanos }, out var sentAtMs)?.Field);
        Assert.Equal(field is null ? 1_767_607_200_005 : sentAtMs, sentAtMs);
    }

    private async Task RecordSlowlyAsync(TimeSpan after)
    {
        var outcome = new TaskCompletionSource<RecordOutcome>();
        _learners["slow"].OnRecord = _ => new(outcome.Task);
        var recording = RecordAsync(WireEvents.Liked("slow"));
        _time.Advance(after);
        outcome.SetResult(new(new EventOutcome[1], []));
        await recording;
    }

    private async Task<(RepeatedField<Wire.EventResult> Results, RepeatedField<Wire.CompletionUpdate> Completions)> RecordAsync(params Wire.Event[] events)
    {
        var results = new RepeatedField<Wire.EventResult>();
        var completions = new RepeatedField<Wire.CompletionUpdate>();
        await _ingest.RecordAsync([.. events], 0, results, completions).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(events.Length, results.Count);
        return (results, completions);
    }
}
