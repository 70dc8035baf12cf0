using System.Collections.Concurrent;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Campaigns.Delivery;
using CourseCompletion.UnitTests.Gateway;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Campaigns.Delivery;

public class DeadLetterOutboxTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentQueue<(string Tenant, string[] Nudges)> _taken = new();

    [Fact]
    public async Task StoreAsync_ManyAtOnce_AreStoredTogetherByTenant()
    {
        var outbox = OutboxOf((_, _) => Task.CompletedTask);
        var stored = Task.WhenAll(StoreAsync(outbox, "a", "1"), StoreAsync(outbox, "b", "2"), StoreAsync(outbox, "a", "3"));
        await Eventually.HoldsAsync(() => stored.IsCompleted, "all are stored", () => _time.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal([("a", "1 3"), ("b", "2")], _taken.Select(taken => (taken.Tenant, string.Join(' ', taken.Nudges))).Order());
    }

    [Fact]
    public async Task StoreAsync_WhileABatchIsStored_GoesIntoTheNextOne()
    {
        var answer = new TaskCompletionSource();
        var outbox = OutboxOf((_, _) => answer.Task);
        var first = StoreAsync(outbox, "a", "1");
        await Eventually.HoldsAsync(() => _taken.Count == 1, "the first is being stored", () => _time.Advance(TimeSpan.FromMilliseconds(100)));
        var later = Task.WhenAll(StoreAsync(outbox, "a", "2"), StoreAsync(outbox, "a", "3"));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Single(_taken);
        answer.SetResult();
        await Eventually.HoldsAsync(() => first.IsCompleted && later.IsCompleted, "all are stored", () => _time.Advance(TimeSpan.FromMilliseconds(100)));

        Assert.Equal(["1", "2 3"], _taken.Select(taken => string.Join(' ', taken.Nudges)));
    }

    [Fact]
    public async Task StoreAsync_StoringFails_TellsThoseOfTheBatchOnly()
    {
        var failures = 1;
        var outbox = OutboxOf((_, _) => failures-- > 0 ? Task.FromException(new TimeoutException()) : Task.CompletedTask);
        var first = StoreAsync(outbox, "a", "1");
        await Eventually.HoldsAsync(() => first.IsCompleted, "the first failed", () => _time.Advance(TimeSpan.FromMilliseconds(100)));
        await Assert.ThrowsAsync<TimeoutException>(() => first);

        var again = StoreAsync(outbox, "a", "1");
        await Eventually.HoldsAsync(() => again.IsCompleted, "it is stored", () => _time.Advance(TimeSpan.FromMilliseconds(100)));
        await again;
    }

    [Fact]
    public async Task StoreAsync_NoTimeLeft_IsStoredAtOnce()
    {
        var outbox = OutboxOf((_, _) => Task.CompletedTask);

        await outbox.StoreAsync(new("a"), LetterOf("1"), new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));
        await outbox.StoreAsync(new("a"), LetterOf("2"), new CancellationToken(canceled: true)).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, _taken.Count);
    }

    private static Task StoreAsync(DeadLetterOutbox outbox, string tenant, string nudge) => outbox.StoreAsync(new TenantId(tenant), LetterOf(nudge), CancellationToken.None);

    private static DeadLetter LetterOf(string nudge) => new(nudge, new("ada"), "daily", "daily/1", new(NudgeChannel.Email, DeliveryStatus.Refused, 0, 1, "smtp 550"));

    private DeadLetterOutbox OutboxOf(Func<DeadLetterKey, DeadLetter[], Task> take) => new(
        (tenant, letters) =>
        {
            _taken.Enqueue((tenant.Value, [.. letters.Select(letter => letter.NudgeId)]));
            return take(tenant, letters);
        },
        _time);
}
