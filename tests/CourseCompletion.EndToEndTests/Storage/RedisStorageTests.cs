using CourseCompletion.Domain.Stores;
using CourseCompletion.EndToEndTests.Redis;
using Xunit;

namespace CourseCompletion.EndToEndTests.Storage;

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisLearnerJournalTests(SharedRedisServer server) : LearnerJournalContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisDedupeSegmentTests(SharedRedisServer server) : DedupeSegmentContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisPendingIndexTests(SharedRedisServer server) : PendingIndexContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisJournalModelTests(SharedRedisServer server) : JournalModelContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisRosterStoreTests(SharedRedisServer server) : RosterStoreContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisGrainStorageTests(SharedRedisServer server) : GrainStorageContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisReminderTableTests(SharedRedisServer server) : ReminderTableContract(new RedisStoreUnderTest(server));

[NeedsRedis, Collection(RedisCollection.Name)]
public sealed class RedisStoreVerifierTests(SharedRedisServer server) : StoreVerifierContract(new RedisStoreUnderTest(server))
{
    [StoreFact]
    public async Task VerifyAll_GrainStateWithoutItsChecksum_IsReported()
    {
        // Written by Orleans' own storage, whose keys and fields the verifier has to know.
        await Store.GrainStorage.WriteStateAsync(
            "even", GrainId.Create("learner", "default/ada"), new GrainState<StoredPayload>(new StoredPayload { Bytes = new byte[] { 1, 2, 3 } }));

        Assert.Contains("default/ada", Assert.Single((await Store.Verifier.VerifyAllAsync(null, None)).Damages), StringComparison.Ordinal);
    }
}
