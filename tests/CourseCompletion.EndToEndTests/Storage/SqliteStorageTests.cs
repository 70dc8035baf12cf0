namespace CourseCompletion.EndToEndTests.Storage;

public sealed class SqliteLearnerJournalTests() : LearnerJournalContract(new SqliteStoreUnderTest());

public sealed class SqliteDedupeSegmentTests() : DedupeSegmentContract(new SqliteStoreUnderTest());

public sealed class SqlitePendingIndexTests() : PendingIndexContract(new SqliteStoreUnderTest());

public sealed class SqliteJournalModelTests() : JournalModelContract(new SqliteStoreUnderTest());

public sealed class SqliteRosterStoreTests() : RosterStoreContract(new SqliteStoreUnderTest());

public sealed class SqliteGrainStorageTests() : GrainStorageContract(new SqliteStoreUnderTest());

public sealed class SqliteReminderTableTests() : ReminderTableContract(new SqliteStoreUnderTest());

public sealed class SqliteStoreVerifierTests() : StoreVerifierContract(new SqliteStoreUnderTest());
