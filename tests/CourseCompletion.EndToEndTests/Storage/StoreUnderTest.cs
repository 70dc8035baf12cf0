using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Orleans.Storage;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>One empty store of a kind, with everything that stands on it; closed and opened again on demand.</summary>
public abstract class StoreUnderTest : IAsyncDisposable
{
    /// <summary>The store's clock; tests move it.</summary>
    public ShiftedClock Clock { get; } = new();

    /// <summary>Where frames go, at the latest after they were trimmed; outlives the store.</summary>
    public RecordingArchive Archive { get; } = new();

    public abstract ILearnerJournal Journal { get; }

    public abstract IPendingIndex Pending { get; }

    public abstract IRosterStore Rosters { get; }

    public abstract IStoreIdentity Identity { get; }

    public abstract IStoreVerifier Verifier { get; }

    public abstract IGrainStorage GrainStorage { get; }

    public abstract IReminderTable Reminders { get; }

    public abstract Task OpenAsync();

    public abstract Task CloseAsync();

    /// <summary>Does now what the store does by itself later: afterwards trimmed frames are in the archive.</summary>
    public virtual Task SettleAsync() => Task.CompletedTask;

    public async Task ReopenAsync()
    {
        await CloseAsync();
        await OpenAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await CleanUpAsync();
        GC.SuppressFinalize(this);
    }

    protected virtual Task CleanUpAsync() => Task.CompletedTask;
}

/// <summary>The system's clock, set forward by a test.</summary>
public sealed class ShiftedClock : TimeProvider
{
    private long _aheadTicks;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow().AddTicks(Interlocked.Read(ref _aheadTicks));

    public void Advance(TimeSpan by) => Interlocked.Add(ref _aheadTicks, by.Ticks);
}

/// <summary>Keeps archived frames in memory, and can refuse them.</summary>
public sealed class RecordingArchive : IJournalArchive
{
    private readonly List<ArchivedFrame> _frames = [];

    /// <summary>Set to make the next appends fail as a full disk would.</summary>
    public bool Refuses { get; set; }

    /// <summary>What a test does while frames are being archived.</summary>
    public Func<Task>? Meanwhile { get; set; }

    public async ValueTask AppendAsync(IReadOnlyList<ArchivedFrame> frames, long incarnation, CancellationToken cancellationToken)
    {
        if (Refuses)
            throw new StoreUnavailableException("The archive's disk is full.");

        if (Meanwhile is { } meanwhile)
            await meanwhile();

        lock (_frames)
            _frames.AddRange(frames.Select(archived => archived with { Frame = archived.Frame with { Payload = archived.Frame.Payload.ToArray() } }));
    }

    public IAsyncEnumerable<ArchivedFrame> ReadAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DeleteBeforeAsync(int day, CancellationToken cancellationToken) => throw new NotSupportedException();

    public IReadOnlyList<JournalFrame> Of(LearnerKey learner)
    {
        lock (_frames)
            return [.. _frames.Where(archived => archived.Learner == learner).Select(archived => archived.Frame)];
    }
}
