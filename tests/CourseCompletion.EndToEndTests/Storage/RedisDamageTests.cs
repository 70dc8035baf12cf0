using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage.Redis;
using StackExchange.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Damage in Redis is reported when it is read, never served.</summary>
[Collection(RedisCollection.Name)]
public sealed class RedisDamageTests(SharedRedisServer shared)
{
    private static readonly LearnerKey _ada = RedisStores.Learner("ada");
    private static readonly LearnerKey _bob = RedisStores.Learner("bob");

    [RedisTheory]
    [InlineData("flip a bit")]
    [InlineData("cut a frame short")]
    [InlineData("exchange two frames")]
    [InlineData("lose a frame in the middle")]
    [InlineData("lose the newest frame")]
    [InlineData("lose all frames")]
    [InlineData("lose the head")]
    [InlineData("raise the head")]
    [InlineData("another learner's frames")]
    [InlineData("another kind of key")]
    public async Task ReadTail_Damaged_IsReported(string damage)
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        for (var head = 0; head < 5; head++)
        {
            await RedisStores.AppendAsync(store, _ada, head, $"frame {head + 1}");
            await RedisStores.AppendAsync(store, _bob, head, $"frame {head + 1}");
        }

        await InflictAsync(stores, store, damage);

        await Assert.ThrowsAsync<StoreCorruptException>(() => RedisStores.TailAsync(store, _ada));
        Assert.Contains(_ada.Value, Assert.Single((await store.Verifier.VerifyAllAsync(null, default)).Damages), StringComparison.Ordinal);
        Assert.Equal(5, (await RedisStores.TailAsync(store, _bob)).Frames.Count);
    }

    [RedisFact]
    public async Task Append_OneLearnersKeyIsDamaged_TheOthersOfTheScriptAreAppendedWhole()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync(stores.Options("a") with { PartitionCount = 1 });
        var learners = Enumerable.Range(0, 20).Select(number => RedisStores.Learner($"learner-{number}")).ToArray();
        await Task.WhenAll(learners.Select(learner => RedisStores.AppendAsync(store, learner, 0)));
        var admin = await stores.AdminAsync();
        var broken = (await stores.KeysAsync($"/j/{learners[7]}")).Single();
        await admin.KeyDeleteAsync(broken);
        await admin.StringSetAsync(broken, "not a list");

        // Queued at once, so that scripts carry several of them.
        var appends = learners.Select(learner => RedisStores.AppendAsync(store, learner, 1, "frame", "default/c")).ToArray();

        await Assert.ThrowsAsync<StoreCorruptException>(() => appends[7]);
        foreach (var (learner, append) in learners.Zip(appends).Where(pair => pair.First != learners[7]))
        {
            Assert.Equal(AppendOutcome.Applied, await append);
            Assert.Equal(2, (await RedisStores.TailAsync(store, learner)).HeadSequence);
        }

        Assert.Equal(19, (await store.Pending.ReadOlderThanAsync(0, TimeSpan.Zero, 100, default)).Count);
    }

    [RedisFact]
    public async Task Append_ThePendingKeyIsDamaged_NothingIsAppended()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync(stores.Options("a") with { PartitionCount = 1 });
        await RedisStores.AppendAsync(store, _ada, 0, "frame", "default/c");
        var (admin, pending) = (await stores.AdminAsync(), (await stores.KeysAsync("}/pending")).Single());
        await admin.KeyDeleteAsync(pending);
        await admin.StringSetAsync(pending, "not a hash");

        await Assert.ThrowsAsync<StoreCorruptException>(() => RedisStores.AppendAsync(store, _ada, 1, "frame", "default/c"));

        Assert.Equal(1, (await RedisStores.TailAsync(store, _ada)).HeadSequence);
    }

    [RedisTheory]
    [InlineData("no colon")]
    [InlineData("")]
    [InlineData("1:")]
    [InlineData("x:5")]
    public async Task Mark_Damaged_CountsAsNoneAndHidesNoOther(string damage)
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync(stores.Options("a") with { PartitionCount = 1 });
        await RedisStores.AppendAsync(store, _ada, 0, "frame", "default/c");
        await RedisStores.AppendAsync(store, _bob, 0, "frame", "default/c");
        var (admin, pending) = (await stores.AdminAsync(), (await stores.KeysAsync("}/pending")).Single());
        await admin.HashSetAsync(pending, "default/ada|default/c", damage);
        await admin.HashSetAsync(pending, "names nobody", "1:5");

        Assert.Equal(2, (await store.Verifier.VerifyAllAsync(null, default)).Damages.Count);
        Assert.Equal([new(_ada, "default/c", 0), new(_bob, "default/c", 1)], await MarksAsync());

        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, _ada, 1, "frame", "default/c"));
        Assert.Equal([new(_ada, "default/c", 2), new(_bob, "default/c", 1)], await MarksAsync());

        await admin.HashSetAsync(pending, "default/ada|default/c", damage);
        await store.Pending.AcknowledgeAsync([new(_ada, "default/c", 2), new(_bob, "default/c", 1)], default);
        Assert.Empty(await MarksAsync());

        async Task<PendingMark[]> MarksAsync() =>
            [.. (await store.Pending.ReadOlderThanAsync(0, TimeSpan.Zero, 10, default)).OrderBy(mark => mark.Learner.Value, StringComparer.Ordinal)];
    }

    [RedisFact]
    public async Task ReadTail_NothingNewerThanAsked_StillProvesTheHead()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        for (var head = 0; head < 5; head++)
            await RedisStores.AppendAsync(store, _ada, head);

        Assert.Empty((await store.Journal.ReadTailAsync(_ada, 5, default)).Frames);
        await InflictAsync(stores, store, "lose the newest frame");

        await Assert.ThrowsAsync<StoreCorruptException>(() => store.Journal.ReadTailAsync(_ada, 5, default).AsTask());
    }

    [RedisFact]
    public async Task Trim_DamagedFrame_IsReportedAndNothingIsLetGo()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        for (var head = 0; head < 5; head++)
            await RedisStores.AppendAsync(store, _ada, head);

        await InflictAsync(stores, store, "flip a bit");

        await Assert.ThrowsAsync<StoreCorruptException>(() => store.Journal.TrimAsync(_ada, 4, 5, default).AsTask());
        Assert.Equal(5, await (await stores.AdminAsync()).ListLengthAsync((await stores.KeysAsync("/j/")).Single()));
    }

    [RedisFact]
    public async Task Trim_ArchiveRefuses_NothingIsLetGo()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        for (var head = 0; head < 5; head++)
            await RedisStores.AppendAsync(store, _ada, head);

        stores.Archive.Refuses = true;

        await Assert.ThrowsAsync<StoreUnavailableException>(() => store.Journal.TrimAsync(_ada, 4, 5, default).AsTask());
        Assert.Equal(5, (await RedisStores.TailAsync(store, _ada)).Frames.Count);
    }

    [RedisFact]
    public async Task ReadSegment_Damaged_IsReported()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        await RedisStores.AppendAsync(store, _ada, 0);
        var segment = new DedupeSegmentId("phone", 20_000);
        await store.Journal.SealAsync(new DedupeSeal(_ada, 1, [new(segment, [1, 2, 3])], []), default);
        var (admin, key) = (await stores.AdminAsync(), (await stores.KeysAsync("/d/")).Single());
        var stored = (byte[])(await admin.StringGetAsync(key))!;

        await admin.StringSetAsync(key, stored.AsMemory(1));
        Assert.Single((await store.Verifier.VerifyAllAsync(null, default)).Damages);

        foreach (var length in new[] { 1, 19, stored.Length - 1 })
        {
            await admin.StringSetAsync(key, stored.AsMemory(0, length));
            await Assert.ThrowsAsync<StoreCorruptException>(() => store.Journal.ReadSegmentAsync(_ada, segment, default).AsTask());
        }

        for (var at = 0; at < stored.Length; at++)
        {
            var damaged = stored.ToArray();
            damaged[at] ^= 1;
            await admin.StringSetAsync(key, damaged);
            await Assert.ThrowsAsync<StoreCorruptException>(() => store.Journal.ReadSegmentAsync(_ada, segment, default).AsTask());
        }
    }

    [RedisFact]
    public async Task ReadRoster_DamagedOrStrayedRow_IsMarkedAndTheOthersAreReadAndItCanBeWrittenOver()
    {
        await using var stores = new RedisStores(shared.Server);
        var store = await stores.OpenAsync();
        var roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
        await store.Rosters.WriteAsync(
            roster, [new(new LearnerId("ada"), new(1, 1, 1), new byte[] { 1, 2, 3 }), new(new LearnerId("cid"), new(1, 1, 1), new byte[] { 4 })], [], default);
        var (admin, key) = (await stores.AdminAsync(), (await stores.KeysAsync("}/r/")).Single());
        var stored = (byte[])(await admin.HashGetAsync(key, "ada"))!;

        await admin.HashSetAsync(key, "bob", stored);
        Assert.Equal(["ada", "bob damaged", "cid"], await RedisStores.RowsAsync(store, roster));
        await admin.HashDeleteAsync(key, "bob");

        foreach (var at in new[] { 23, 31, stored.Length - 1 })
        {
            var damaged = stored.ToArray();
            damaged[at] ^= 1;
            await admin.HashSetAsync(key, "ada", damaged);
            Assert.Equal(["ada damaged", "cid"], await RedisStores.RowsAsync(store, roster));
            Assert.Single((await store.Verifier.VerifyAllAsync(null, default)).Damages);
        }

        await admin.HashSetAsync(key, "ada", "short");
        Assert.Equal(["ada damaged", "cid"], await RedisStores.RowsAsync(store, roster));
        await store.Rosters.WriteAsync(roster, [new(new LearnerId("ada"), new(1, 1, 1), new byte[] { 1, 2, 3 })], [], default);
        Assert.Equal(["ada", "cid"], await RedisStores.RowsAsync(store, roster));
    }

    private static async Task InflictAsync(RedisStores stores, RedisStore store, string damage)
    {
        var admin = await stores.AdminAsync();
        var list = (await stores.KeysAsync("/j/default/ada")).Single();
        var heads = (RedisKey)(list.ToString().Split("/j/")[0] + "/heads");
        var frame = (byte[])(await admin.ListGetByIndexAsync(list, 2))!;
        switch (damage)
        {
            case "flip a bit":
                frame[^1] ^= 1;
                await admin.ListSetByIndexAsync(list, 2, frame);
                break;
            case "cut a frame short":
                await admin.ListSetByIndexAsync(list, 2, frame.AsMemory(0, 10));
                break;
            case "exchange two frames":
                await admin.ListSetByIndexAsync(list, 2, await admin.ListGetByIndexAsync(list, 3));
                await admin.ListSetByIndexAsync(list, 3, frame);
                break;
            case "lose a frame in the middle":
                await admin.ListRemoveAsync(list, frame);
                break;
            case "lose the newest frame":
                await admin.ListRightPopAsync(list);
                break;
            case "lose all frames":
                await admin.KeyDeleteAsync(list);
                break;
            case "lose the head":
                await admin.HashDeleteAsync(heads, _ada.Value);
                break;
            case "raise the head":
                await admin.HashSetAsync(heads, _ada.Value, 6);
                break;
            case "another learner's frames":
                var other = (await stores.KeysAsync("/j/default/bob")).Single();
                var frames = await admin.ListRangeAsync(other);
                await admin.KeyDeleteAsync(list);
                await admin.ListRightPushAsync(list, frames);
                break;
            case "another kind of key":
                await admin.KeyDeleteAsync(list);
                await admin.StringSetAsync(list, "not a list");
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(damage), damage, $"Unknown damage in store {store.Identity.StoreId}.");
        }
    }
}
