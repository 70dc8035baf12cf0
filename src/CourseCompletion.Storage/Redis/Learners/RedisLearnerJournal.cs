using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Learners;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>The learners' journals in Redis: a list of frames per learner, and per partition a hash of heads that fences every write.</summary>
internal sealed class RedisLearnerJournal : ILearnerJournal, IAsyncDisposable
{
    private const int TrimPageFrames = 256;

    private readonly IDatabase _database;
    private readonly RedisKeys _keys;
    private readonly string _epoch;
    private readonly long _incarnation;
    private readonly RedisStoreFence _fence;
    private readonly IJournalArchive _archive;
    private readonly RedisAppendWriter[] _writers;
    private readonly RedisAppendBudget _budget;
    private readonly Meter _figures;

    public RedisLearnerJournal(
        IDatabase database,
        RedisKeys keys,
        RedisStoreIdentity identity,
        RedisStoreFence fence,
        IJournalArchive archive,
        RedisStoreOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        _database = database;
        _keys = keys;
        _epoch = identity.Epoch;
        _incarnation = identity.Incarnation;
        _fence = fence;
        Reader = new RedisJournalReader(database, keys, _epoch, fence);
        _archive = archive;
        _writers = new RedisAppendWriter[keys.PartitionCount];
        var logger = loggers.CreateLogger<RedisAppendWriter>();
        _budget = new RedisAppendBudget(options.QueuedBytesMax);
        for (var partition = 0; partition < _writers.Length; partition++)
            _writers[partition] = new RedisAppendWriter(database, keys.Partition(partition), _epoch, fence, options, _budget, time, logger);

        _figures = StorageMetrics.Show(() => _writers.Sum(writer => writer.WaitingCount), () => _budget.Bytes);
    }

    public RedisJournalReader Reader { get; }

    /// <summary>Bytes of appends that wait for their script.</summary>
    public long QueuedBytes => _budget.Bytes;

    public ValueTask<LearnerTail> ReadTailAsync(LearnerKey learner, long afterSequence, CancellationToken cancellationToken) =>
        Reader.ReadAsync(learner, afterSequence, int.MaxValue, cancellationToken);

    public ValueTask<AppendOutcome> AppendAsync(LearnerAppend append, CancellationToken cancellationToken)
    {
        _fence.Require();
        return _writers[append.Learner.Partition(_writers.Length)].AppendAsync(append, cancellationToken);
    }

    public async ValueTask<AppendOutcome> SealAsync(DedupeSeal seal, CancellationToken cancellationToken)
    {
        var partition = _keys.Of(seal.Learner);
        var keys = new List<RedisKey>(1 + seal.Segments.Count + seal.Dropped.Count) { partition.Heads };
        var values = new List<RedisValue>(4 + seal.Segments.Count) { _epoch, seal.Learner.Value, seal.ThroughSequence, seal.Segments.Count };
        foreach (var (segment, identities) in seal.Segments)
        {
            keys.Add(partition.Dedupe(seal.Learner, segment));
            values.Add(RedisDedupeSegment.Encode(seal.Learner, segment, seal.ThroughSequence, identities));
        }

        foreach (var segment in seal.Dropped)
            keys.Add(partition.Dedupe(seal.Learner, segment));

        return await WriteAsync(RedisJournalScripts.Seal, [.. keys], [.. values], cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<UInt128[]> ReadSegmentAsync(LearnerKey learner, DedupeSegmentId segment, CancellationToken cancellationToken) =>
        Reader.ReadSegmentAsync(learner, segment, cancellationToken);

    public async ValueTask<AppendOutcome> TrimAsync(LearnerKey learner, long throughSequence, long expectedHead, CancellationToken cancellationToken)
    {
        var through = Math.Min(throughSequence, expectedHead - 1);
        if (!await ArchiveAsync(learner, through, expectedHead, cancellationToken).ConfigureAwait(false))
            return AppendOutcome.Fenced;

        var partition = _keys.Of(learner);
        return await WriteAsync(
            RedisJournalScripts.Trim,
            [partition.Heads, partition.Journal(learner)],
            [_epoch, learner.Value, expectedHead, through],
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var writer in _writers)
            await writer.DisposeAsync().ConfigureAwait(false);

        _figures.Dispose();
    }

    // Page by page, so that a long journal never has to fit in memory. The archive may hear of a frame twice, the store never lets go of one unheard.
    private async ValueTask<bool> ArchiveAsync(LearnerKey learner, long through, long expectedHead, CancellationToken cancellationToken)
    {
        var after = 0L;
        do
        {
            var page = await Reader.ReadAsync(learner, after, TrimPageFrames, cancellationToken).ConfigureAwait(false);
            if (page.HeadSequence != expectedHead)
                return false;

            var leaving = new List<ArchivedFrame>(page.Frames.Count);
            foreach (var frame in page.Frames)
            {
                if (frame.Sequence <= through)
                    leaving.Add(new ArchivedFrame(learner, frame));
            }

            if (leaving.Count == 0)
                return true;

            await _archive.AppendAsync(leaving, _incarnation, cancellationToken).ConfigureAwait(false);
            after = leaving[^1].Frame.Sequence;
        }
        while (after < through);

        return true;
    }

    private async ValueTask<AppendOutcome> WriteAsync(string script, RedisKey[] keys, RedisValue[] values, CancellationToken cancellationToken)
    {
        _fence.Require();
        try
        {
            using var answer = await _database.ScriptEvaluateRespAsync(script, keys, values, CommandFlags.DemandMaster)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            _fence.Wrote();
            return answer.ReadScalar().ReadInt64() == 1 ? AppendOutcome.Applied : AppendOutcome.Fenced;
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfWrite(exception);
        }
    }
}
