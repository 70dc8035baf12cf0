using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Testing.Stores;
using Orleans.Storage;
using MemoryGrainStorage = CourseCompletion.Testing.Stores.MemoryGrainStorage;

namespace CourseCompletion.ClusterTests.Stores;

/// <summary>A store in memory that keeps the promises of the ports: fenced, atomic with its marks, and still there when silos are not.</summary>
internal sealed class MemoryStore : StoreUnderTest, IStoreIdentity
{
    private readonly MemoryPendingIndex _pending = new();

    public MemoryStore() => Journal = new MemoryJournal(_pending);

    public override ILearnerJournal Journal { get; }

    public override IPendingIndex Pending => _pending;

    public override IRosterStore Rosters { get; } = new MemoryRosterStore();

    public override IGrainStorage Snapshots => Payloads;

    public override IReminderTable Reminders { get; } = new MemoryReminderTable();

    public override IStoreIdentity Identity => this;

    public override IStoreHealth Health { get; } = new MemoryStoreHealth();

    /// <summary>What grains stored.</summary>
    public MemoryGrainStorage Payloads { get; } = new();

    public Guid StoreId { get; } = new(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

    public long Incarnation => 1;

    public override void DamageNewestSnapshot(GrainId grain) => Payloads.DamageNewest(grain);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
