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
public sealed class RedisStoreVerifierTests(SharedRedisServer server) : StoreVerifierContract(new RedisStoreUnderTest(server));
