using System.Text;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Storage.Redis;
using StackExchange.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>A store on Redis that version 1 of the layout wrote, key by key, is opened by every later release.</summary>
[Collection(RedisCollection.Name)]
public sealed class RedisGoldenTests(SharedRedisServer shared)
{
    private const string ServiceId = "golden";

    private static readonly RosterKey _roster = RosterKey.For(CourseKey.For(TenantId.Default, new CourseId("algebra")), 0);
    private static readonly LearnerKey _ada = RedisStores.Learner("ada");
    private static readonly LearnerKey _bob = RedisStores.Learner("bob");
    // The files hold the time at which they were made, which a machine's clock may not have reached.
    private static readonly TimeSpan _anyAge = TimeSpan.FromDays(-36_500);
    private static readonly DedupeSegmentId _segment = new("phone", 20_000);

    [RedisFact]
    public async Task Open_StoreOfVersion1_EverythingIsThere()
    {
        await using var stores = new RedisStores(shared.Server);
        var lines = Encoding.UTF8.GetString(await GoldenStoreFile.ReadAsync("redis-store.v1.txt", () => MakeAsync(stores)));
        await RestoreAsync(await stores.AdminAsync(), lines.Split('\n', StringSplitOptions.RemoveEmptyEntries));

        var store = await stores.OpenAsync(stores.Options("a") with { ServiceId = ServiceId });

        Assert.Empty((await store.Verifier.VerifyAllAsync(null, default)).Damages);
        var tail = await RedisStores.TailAsync(store, _ada);
        Assert.Equal((4, 2), (tail.HeadSequence, tail.TrimmedThrough));
        Assert.Equal(["frame 3", "frame 4"], tail.Frames.Select(frame => Encoding.UTF8.GetString(frame.Payload.Span)));
        Assert.Equal((UInt128[])[1, 2, UInt128.MaxValue], (await store.Journal.ReadSegmentAsync(_ada, _segment, default)).Order());
        Assert.Equal([new(_ada, "default/c-1", 4)], await MarksAsync(store, _ada));
        Assert.Equal([new(_bob, "default/c-2", 1)], await MarksAsync(store, _bob));
        Assert.Equal(["ada"], await RedisStores.RowsAsync(store, _roster));
        Assert.Equal(AppendOutcome.Applied, await RedisStores.AppendAsync(store, _ada, 4));
    }

    private static async Task<PendingMark[]> MarksAsync(RedisStore store, LearnerKey learner) =>
        [.. (await store.Pending.ReadOlderThanAsync(learner.Partition(store.Pending.PartitionCount), _anyAge, 10, default)).Where(mark => mark.Learner == learner)];

    private static async Task<byte[]> MakeAsync(RedisStores stores)
    {
        var store = await stores.OpenAsync(stores.Options("maker") with { ServiceId = ServiceId });
        for (var head = 0; head < 4; head++)
            await RedisStores.AppendAsync(store, _ada, head, $"frame {head + 1}", "default/c-1");

        await RedisStores.AppendAsync(store, _bob, 0, "frame 1", "default/c-1", "default/c-2");
        await store.Pending.AcknowledgeAsync([new(_bob, "default/c-1", 1)], default);
        await store.Journal.SealAsync(new DedupeSeal(_ada, 3, [new(_segment, [1, 2])], []), default);
        await store.Journal.SealAsync(new DedupeSeal(_ada, 4, [new(_segment, [2, UInt128.MaxValue])], []), default);
        await store.Journal.TrimAsync(_ada, 2, 4, default);
        await store.Rosters.WriteAsync(_roster, [new(_ada.Learner, new(1, 4, 2), Encoding.UTF8.GetBytes("a row"))], [], default);
        await stores.CloseAsync(store);
        return await DumpAsync(await stores.AdminAsync());
    }

    // One line a value: kind, key, field, value; all but the kind in Base64.
    private static async Task<byte[]> DumpAsync(IDatabase admin)
    {
        var lines = new List<string>();
        foreach (var key in admin.Multiplexer.GetServers()[0].Keys(pattern: ServiceId + "/*"))
        {
            switch (await admin.KeyTypeAsync(key))
            {
                case RedisType.Hash:
                    lines.AddRange((await admin.HashGetAllAsync(key)).Select(entry => $"hash {Packed(key)} {Packed(entry.Name)} {Packed(entry.Value)}"));
                    break;
                case RedisType.List:
                    lines.AddRange((await admin.ListRangeAsync(key)).Select(value => $"list {Packed(key)} - {Packed(value)}"));
                    break;
                default:
                    lines.Add($"string {Packed(key)} - {Packed(await admin.StringGetAsync(key))}");
                    break;
            }
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    private static async Task RestoreAsync(IDatabase admin, string[] lines)
    {
        foreach (var parts in lines.Select(line => line.Split(' ')))
        {
            var (key, value) = ((RedisKey)Convert.FromBase64String(parts[1]), (RedisValue)Convert.FromBase64String(parts[3]));
            if (parts[0] == "hash")
                await admin.HashSetAsync(key, Convert.FromBase64String(parts[2]), value);
            else if (parts[0] == "list")
                await admin.ListRightPushAsync(key, value);
            else
                await admin.StringSetAsync(key, value);
        }
    }

    private static string Packed(RedisKey key) => Convert.ToBase64String((byte[])key!);

    private static string Packed(RedisValue value) => Convert.ToBase64String((byte[]?)value ?? []);
}
