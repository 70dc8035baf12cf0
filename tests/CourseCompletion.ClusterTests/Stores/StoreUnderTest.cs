using System.Collections.Concurrent;
using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using Xunit;

namespace CourseCompletion.ClusterTests.Stores;

/// <summary>A store that outlives the silos of a cluster and is shared by them.</summary>
internal abstract class StoreUnderTest : IAsyncDisposable
{
    protected StoreUnderTest() => Faults = new();

    public JournalFaults Faults { get; }

    /// <summary>Which silo took which shard over last.</summary>
    public ConcurrentDictionary<RosterKey, SiloLink> RosterOwners { get; } = new();

    public abstract ILearnerJournal Journal { get; }

    public abstract IPendingIndex Pending { get; }

    public abstract IRosterStore Rosters { get; }

    public abstract IGrainStorage Snapshots { get; }

    public abstract IReminderTable Reminders { get; }

    public abstract IStoreIdentity Identity { get; }

    public abstract IStoreHealth Health { get; }

    /// <summary>Damages a grain's newest snapshot behind the store's back.</summary>
    public abstract void DamageNewestSnapshot(GrainId grain);

    /// <summary>Registers the ports with one silo; what the silo writes fails once its link is cut.</summary>
    public void AddTo(ISiloBuilder silo, SiloLink link)
    {
        silo.Services.AddSingleton<ILearnerJournal>(new LinkedJournal(new FaultyJournal(Journal, Faults), link));
        silo.Services.AddSingleton<IPendingIndex>(new LinkedPendingIndex(Pending, link, Faults));
        silo.Services.AddSingleton<IRosterStore>(new LinkedRosterStore(Rosters, link, RosterOwners));
        silo.Services.AddSingleton(Identity);
        silo.Services.AddSingleton(Health);
        silo.Services.AddGrainStorage(StorageNames.GrainStorageName, (_, _) => Snapshots);
        silo.AddReminders();
        silo.Services.AddSingleton(Reminders);
    }

    /// <summary>The state that follows from the learner's whole journal, which must not have been trimmed.</summary>
    public async Task<LearnerState> ReplayAsync(LearnerKey learner)
    {
        var tail = await Journal.ReadTailAsync(learner, 0, CancellationToken.None);
        Assert.Equal(0, tail.TrimmedThrough);
        var state = new LearnerState();
        foreach (var frame in tail.Frames)
        {
            LearnerFrame.Decode(frame.Payload.Span).Replay(state, LearnerPolicy.Default);
        }

        return state;
    }

    /// <summary>Every event in the learner's journal, in order.</summary>
    public async Task<List<LearnerEvent>> EventsAsync(LearnerKey learner) =>
        [.. (await Journal.ReadTailAsync(learner, 0, CancellationToken.None)).Frames.SelectMany(frame => LearnerFrame.Decode(frame.Payload.Span).Events)];

    public abstract ValueTask DisposeAsync();
}
