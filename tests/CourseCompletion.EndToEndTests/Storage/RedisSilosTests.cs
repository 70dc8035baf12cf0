using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Several silos on one Redis, and a Redis that is not what its silos remember.</summary>
public sealed class RedisSilosTests : IAsyncLifetime
{
    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);

    private RedisServer _server = null!;

    public async Task InitializeAsync()
    {
        if (RedisRequirement.SkipReason is null)
            _server = await RedisServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
    }

    [RedisFact]
    public async Task Append_TwoSilosRace_ExactlyOneWinsEachFrame()
    {
        await using var stores = new RedisStores(_server);
        var opened = await Task.WhenAll(Enumerable.Range(0, 4).Select(silo => stores.OpenAsync($"silo-{silo}")));
        Assert.Single(opened.Select(store => store.Identity.StoreId).Distinct());
        var ada = RedisStores.Learner("ada");

        for (var head = 0; head < 100; head++)
        {
            var outcomes = await Task.WhenAll(opened.Select((store, silo) => RedisStores.AppendAsync(store, ada, head, $"silo {silo}")));
            Assert.Single(outcomes, outcome => outcome == AppendOutcome.Applied);
        }

        Assert.Equal(100, (await RedisStores.TailAsync(opened[0], ada)).Frames.Count);
    }

    [RedisFact]
    public async Task Trim_AnotherSiloAppendsMeanwhile_IsFenced()
    {
        await using var stores = new RedisStores(_server);
        var (a, b) = (await stores.OpenAsync("a"), await stores.OpenAsync("b"));
        var ada = RedisStores.Learner("ada");
        for (var head = 0; head < 3; head++)
            await RedisStores.AppendAsync(a, ada, head);

        stores.Archive.Meanwhile = () => RedisStores.AppendAsync(b, ada, 3);

        Assert.Equal(AppendOutcome.Fenced, await a.Journal.TrimAsync(ada, 2, 3, default));
        Assert.Equal(4, (await RedisStores.TailAsync(a, ada)).Frames.Count);
    }

    [RedisFact]
    public async Task Write_RosterThatAnotherSiloTookOver_IsRefusedUntilItIsTakenBack()
    {
        await using var stores = new RedisStores(_server);
        var (a, b) = (await stores.OpenAsync("a"), await stores.OpenAsync("b"));
        var (ada, bob) = (new StoredRosterRow(new("ada"), new(1, 1, 1), new byte[3]), new StoredRosterRow(new("bob"), new(1, 1, 1), new byte[3]));
        await a.Rosters.TakeOverAsync(_roster, default);
        await a.Rosters.WriteAsync(_roster, [ada], [], default);

        await b.Rosters.TakeOverAsync(_roster, default);

        await Assert.ThrowsAsync<RosterTakenOverException>(() => a.Rosters.WriteAsync(_roster, [bob], [], default).AsTask());
        await Assert.ThrowsAsync<RosterTakenOverException>(() => a.Rosters.WriteAsync(_roster, [], [new(ada.Learner, ada.Version)], default).AsTask());
        Assert.Equal([ada.Learner], await LearnersAsync(b.Rosters));
        await b.Rosters.WriteAsync(_roster, [bob], [], default);
        await a.Rosters.TakeOverAsync(_roster, default);
        await a.Rosters.WriteAsync(_roster, [], [new(ada.Learner, ada.Version)], default);
        Assert.Equal([bob.Learner], await LearnersAsync(a.Rosters));
    }

    [RedisFact]
    public async Task Open_OtherPartitionCount_KeepsTheStoresOwn()
    {
        await using var stores = new RedisStores(_server);
        var first = await stores.OpenAsync(stores.Options("a") with { PartitionCount = 8 });
        var ada = RedisStores.Learner("ada");
        await RedisStores.AppendAsync(first, ada, 0);

        var second = await stores.OpenAsync(stores.Options("b") with { PartitionCount = 32 });

        Assert.Equal(8, second.Pending.PartitionCount);
        Assert.Equal(1, (await RedisStores.TailAsync(second, ada)).HeadSequence);
    }

    [RedisFact]
    public async Task Open_RedisWasEmptied_IsRefusedUnlessAcceptedOnce()
    {
        await using var stores = new RedisStores(_server);
        foreach (var silo in new[] { "a", "b" })
            await stores.CloseAsync(await stores.OpenAsync(silo));

        await (await stores.AdminAsync()).ExecuteAsync("FLUSHALL");

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync("a"));
        Assert.Equal(StoreRefusal.Deleted, refusal.Reason);
        Assert.Contains("Storage:AcceptStore", refusal.Message, StringComparison.Ordinal);

        // Every silo is started once with the override; only the first raises the incarnation.
        var a = await stores.OpenAsync(stores.Options("a") with { AcceptStore = true });
        var b = await stores.OpenAsync(stores.Options("b") with { AcceptStore = true });
        Assert.Equal((2L, 2L), (a.Identity.Incarnation, b.Identity.Incarnation));
        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(a, RedisStores.Learner("ada"), 0));
        await stores.CloseAsync(a);
        Assert.Equal(2, (await stores.OpenAsync("a")).Identity.Incarnation);
    }

    [RedisFact]
    public async Task Open_OlderCopy_IsRefusedUnlessAccepted()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        var admin = await stores.AdminAsync();
        var meta = (await stores.KeysAsync("/cc/meta")).Single();
        await RedisStores.AppendAsync(store, RedisStores.Learner("ada"), 0);
        await stores.CloseAsync(store);
        Assert.True((long)await admin.HashGetAsync(meta, "commit") > 0);

        await admin.HashSetAsync(meta, "commit", 0);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync());
        Assert.Equal(StoreRefusal.Older, refusal.Reason);
        var accepted = await stores.OpenAsync(stores.Options("a") with { AcceptStore = true });
        Assert.Equal(2, accepted.Identity.Incarnation);
        Assert.Equal(1, (await RedisStores.TailAsync(accepted, RedisStores.Learner("ada"))).HeadSequence);
    }

    [RedisFact]
    public async Task Open_AnotherStore_IsRefused()
    {
        await using var stores = new RedisStores(_server);
        var options = stores.Options("a");
        await stores.CloseAsync(await stores.OpenAsync(options));
        await (await stores.AdminAsync()).ExecuteAsync("FLUSHALL");
        await stores.CloseAsync(await stores.OpenAsync("newcomer"));

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync(options));

        Assert.Equal(StoreRefusal.Foreign, refusal.Reason);
    }

    [RedisFact]
    public async Task Open_PartsOfTheStoreAreGone_IsRefused()
    {
        await using var stores = new RedisStores(_server);
        await stores.CloseAsync(await stores.OpenAsync());
        var admin = await stores.AdminAsync();

        var heads = (await stores.KeysAsync("p5}/heads")).Single();
        await admin.KeyDeleteAsync(heads);
        Assert.Equal(StoreRefusal.Damaged, (await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync("newcomer"))).Reason);

        await admin.KeyDeleteAsync((await stores.KeysAsync("/cc/meta")).Single());
        Assert.Equal(StoreRefusal.Damaged, (await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync("newcomer"))).Reason);
    }

    [RedisTheory]
    [InlineData("incarnation", "0")]
    [InlineData("store_id", "nonsense")]
    [InlineData("partitions", "")]
    public async Task Open_IdentityIsDamaged_IsRefused(string field, string damage)
    {
        await using var stores = new RedisStores(_server);
        await stores.CloseAsync(await stores.OpenAsync());
        var (admin, meta) = (await stores.AdminAsync(), (await stores.KeysAsync("/cc/meta")).Single());

        await admin.HashSetAsync(meta, field, damage);
        Assert.Equal(StoreRefusal.Damaged, (await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync())).Reason);

        await admin.StringSetAsync(meta, "not a hash");
        Assert.Equal(StoreRefusal.Damaged, (await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync())).Reason);
    }

    [RedisFact]
    public async Task Open_WitnessCannotBeWritten_SaysWhichDirectory()
    {
        await using var stores = new RedisStores(_server);
        var options = stores.Options("a");

        // Where the new witness is written before it takes the old one's place.
        Directory.CreateDirectory(Path.Combine(options.WitnessDirectory, "witness.json.new"));

        var failure = await Assert.ThrowsAsync<StoreUnavailableException>(() => stores.OpenAsync(options));

        Assert.Contains(options.WitnessDirectory, failure.Message, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Open_LayoutOfANewerRelease_IsRefused()
    {
        await using var stores = new RedisStores(_server);
        await stores.CloseAsync(await stores.OpenAsync());
        await (await stores.AdminAsync()).HashSetAsync((await stores.KeysAsync("/cc/meta")).Single(), "layout", 99);

        var refusal = await Assert.ThrowsAsync<StoreRefusedException>(() => stores.OpenAsync());

        Assert.Equal(StoreRefusal.UnknownVersion, refusal.Reason);
    }

    [RedisFact]
    public async Task Running_RedisIsEmptied_NoLearnerLooksNew()
    {
        await using var stores = new RedisStores(_server);
        var store = await stores.OpenAsync();
        var (ada, bob) = (RedisStores.Learner("ada"), RedisStores.Learner("bob"));
        await RedisStores.AppendAsync(store, ada, 0);

        await (await stores.AdminAsync()).ExecuteAsync("FLUSHALL");

        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.TailAsync(store, ada));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.AppendAsync(store, ada, 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.AppendAsync(store, bob, 0));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Journal.TrimAsync(ada, 1, 1, default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Journal.SealAsync(new DedupeSeal(ada, 1, [], []), default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Pending.AcknowledgeAsync([new(ada, "default/c", 1)], default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rosters.WriteAsync(_roster, [new(ada.Learner, new(1, 1, 1), new byte[3])], [], default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Rosters.WriteAsync(_roster, [], [new(ada.Learner, new(1, 1, 1))], default).AsTask());
        await Assert.ThrowsAsync<StoreUnavailableException>(async () =>
        {
            await foreach (var _ in store.Rosters.ReadAsync(_roster, default))
            {
            }
        });
        Assert.Empty(await stores.KeysAsync("/j/"));
        Assert.Empty(await stores.KeysAsync("/r/"));
    }

    [RedisFact]
    public async Task Running_RedisLosesTheWitnessesLastTick_IsNoticedAlsoWhenItWritesOn()
    {
        await using var stores = new RedisStores(_server);
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var store = await stores.OpenAsync(stores.Options("a"), clock);
        var ada = RedisStores.Learner("ada");
        await RedisStores.AppendAsync(store, ada, 0);
        clock.Advance(TimeSpan.FromSeconds(1));
        await EventuallyAsync("the witness to see commit 1", () => Task.FromResult(stores.Witness()!.Commit == 1));

        // What a failover to a replica that lags behind leaves.
        await (await stores.AdminAsync()).HashSetAsync((await stores.KeysAsync("/cc/meta")).Single(), "commit", 0);
        await RedisStores.AppendAsync(store, ada, 1);
        clock.Advance(TimeSpan.FromSeconds(1));

        await EventuallyAsync("the store to be given up", async () =>
        {
            try
            {
                await RedisStores.TailAsync(store, ada);
                return false;
            }
            catch (StoreUnavailableException)
            {
                return true;
            }
        });
    }

    [RedisFact]
    public async Task Running_ATickFails_WhatWasWrittenIsCountedByTheNext()
    {
        await using var stores = new RedisStores(_server);
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        var store = await stores.OpenAsync(stores.Options("a"), clock);
        await RedisStores.AppendAsync(store, RedisStores.Learner("ada"), 0);
        var (admin, meta) = (await stores.AdminAsync(), (await stores.KeysAsync("/cc/meta")).Single());
        await admin.KeyRenameAsync(meta, "away");
        await admin.StringSetAsync(meta, "not a hash");
        clock.Advance(TimeSpan.FromSeconds(1));
        await EventuallyAsync("the tick to fail", async () => ((string?)await admin.ExecuteAsync("INFO", "errorstats"))!.Contains("WRONGTYPE", StringComparison.Ordinal));

        await admin.KeyRenameAsync("away", meta);
        clock.Advance(TimeSpan.FromSeconds(1));

        await EventuallyAsync("the witness to see commit 1", () => Task.FromResult(stores.Witness()!.Commit == 1));
    }

    [RedisFact]
    public async Task Running_AnotherSiloAcceptsANewIncarnation_TheOldOneCanNoLongerWrite()
    {
        await using var stores = new RedisStores(_server);
        var old = await stores.OpenAsync("a");
        var witness = await stores.OpenAsync("b");
        await RedisStores.AppendAsync(witness, RedisStores.Learner("ada"), 0);
        await stores.CloseAsync(witness);
        await (await stores.AdminAsync()).HashSetAsync((await stores.KeysAsync("/cc/meta")).Single(), "commit", -1);

        var accepted = await stores.OpenAsync(stores.Options("b") with { AcceptStore = true });

        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(accepted, RedisStores.Learner("ada"), 1));
        await Assert.ThrowsAsync<StoreUnavailableException>(() => RedisStores.AppendAsync(old, RedisStores.Learner("ada"), 2));
    }

    private static async Task<List<LearnerId>> LearnersAsync(IRosterStore rosters)
    {
        var learners = new List<LearnerId>();
        await foreach (var row in rosters.ReadAsync(_roster, default))
            learners.Add(row.Learner);
        return learners;
    }

    private static Task EventuallyAsync(string awaited, Func<Task<bool>> holdsAsync) =>
        Eventually.HoldsAsync(awaited, TimeSpan.FromSeconds(10), async () => await holdsAsync() ? null : "not yet");
}
