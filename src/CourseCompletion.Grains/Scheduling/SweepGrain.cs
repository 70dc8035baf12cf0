using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Scheduling;

/// <summary>A scheduler shard: has learners tell again what a crash left untold.</summary>
/// <remarks>Key: the shard's number, from 0. Kept alive by one reminder as a heartbeat; started with each silo.</remarks>
[Alias("cc.ISweepGrain")]
[Version(1)]
internal interface ISweepGrain : IGrainWithIntegerKey
{
    /// <summary>Makes sure that the heartbeat is registered and the sweep runs. Interleaves, so that no silo's start waits for a sweep.</summary>
    [Alias("StartAsync")]
    [AlwaysInterleave]
    ValueTask StartAsync();

    /// <summary>How far the shard has come; null before its first sweep ended. Interleaves.</summary>
    [Alias("GetLagAsync")]
    [AlwaysInterleave]
    ValueTask<SweepLag?> GetLagAsync();
}

/// <summary>How far a scheduler shard has come.</summary>
/// <param name="MarksOverdue">Marks that its last sweep found and had told again.</param>
/// <param name="SweptAgoMs">How long ago that sweep ended, in milliseconds.</param>
[GenerateSerializer, Alias("cc.sweep-lag"), Immutable]
internal readonly record struct SweepLag([property: Id(0)] long MarksOverdue, [property: Id(1)] long SweptAgoMs);

/// <inheritdoc/>
internal sealed partial class SweepGrain(
    IPendingIndex pending, IOptions<SweepOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time, ILogger<SweepGrain> log) : Grain, ISweepGrain, IRemindable
{
    private const string Heartbeat = "heartbeat";
    private const int CallsAtOnceMax = 32;
    private static readonly TimeSpan _heartbeatPeriod = TimeSpan.FromMinutes(1);

    private (long MarksOverdue, long At)? _lastSweep;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        this.RegisterGrainTimer(SweepAsync, new GrainTimerCreationOptions(options.Value.Every, options.Value.Every) { KeepAlive = true });
        return Task.CompletedTask;
    }

    // Another silo says from now on how many there are.
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        ShowOverdue(0);
        return Task.CompletedTask;
    }

    public async ValueTask StartAsync() => await this.RegisterOrUpdateReminder(Heartbeat, _heartbeatPeriod, _heartbeatPeriod);

    public ValueTask<SweepLag?> GetLagAsync() =>
        new(_lastSweep is { } last ? new SweepLag(last.MarksOverdue, (long)time.GetElapsedTime(last.At).TotalMilliseconds) : null);

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;

    private void ShowOverdue(long marks) => GrainMetrics.MarksOverdue.Record(marks, new KeyValuePair<string, object?>("shard", this.GetPrimaryKeyLong()));

    private async Task SweepAsync(CancellationToken cancellationToken)
    {
        var overdue = 0;
        for (var partition = (int)this.GetPrimaryKeyLong(); partition < pending.PartitionCount; partition += options.Value.Shards)
        {
            try
            {
                overdue += await SweepAsync(partition, cancellationToken);
            }
            catch (Exception e)
            {
                // One partition that cannot be read must not keep the others' learners silent.
                LogSweepFailed(log, this.GetPrimaryKeyLong(), partition, e);
            }
        }

        _lastSweep = (overdue, time.GetTimestamp());
        ShowOverdue(overdue);
    }

    private async Task<int> SweepAsync(int partition, CancellationToken cancellationToken)
    {
        var marks = await pending.ReadOlderThanAsync(partition, options.Value.OlderThan, options.Value.MarksPerSweepMax, cancellationToken);
        GrainMetrics.MarksSwept.Add(marks.Count);
        foreach (var chunk in marks.GroupBy(mark => mark.Learner).Chunk(CallsAtOnceMax))
        {
            await Task.WhenAll(chunk.Select(marked => TellAsync(marked.Key, [.. marked.Select(mark => mark.Target)])));
        }

        return marks.Count;
    }

    private async Task TellAsync(LearnerKey learner, string[] targets)
    {
        try
        {
            await GrainFactory.GetGrain<ILearnerTellingGrain>(learner.Value).TellAsync(targets);
        }
        catch (Exception e)
        {
            LogTellFailed(log, learner.Value, e);
        }
    }

    [LoggerMessage(2200, LogLevel.Warning, "Scheduler shard {Shard} could not sweep partition {Partition} of the pending index; it tries again.")]
    private static partial void LogSweepFailed(ILogger logger, long shard, int partition, Exception e);

    [LoggerMessage(2201, LogLevel.Warning, "Learner {Learner} could not tell again; the next sweep tries again.")]
    private static partial void LogTellFailed(ILogger logger, string learner, Exception e);
}
