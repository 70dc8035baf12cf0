using System.Globalization;
using CourseCompletion.Domain.Learners;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>The pending marks of all partitions, one hash each.</summary>
internal sealed partial class RedisPendingIndex(
    IDatabase database, RedisKeys keys, string epoch, RedisStoreFence fence, TimeProvider time, ILogger<RedisPendingIndex> logger) : IPendingIndex
{
    // Lua's unpack allows 8,000 values.
    private const int MarksPerScriptMax = 2000;
    private const int PageMarks = 500;

    // Where each partition's last sweep stopped, so that marks which cannot be told now never hide those behind them.
    private readonly SweepPosition[] _resumeAt = [.. Enumerable.Repeat(SweepPosition.Start, keys.PartitionCount)];

    public int PartitionCount => keys.PartitionCount;

    public async ValueTask AcknowledgeAsync(IReadOnlyList<PendingMark> told, CancellationToken cancellationToken)
    {
        fence.Require();
        var partitions = new Dictionary<int, List<PendingMark>>();
        foreach (var mark in told)
        {
            var partition = mark.Learner.Partition(keys.PartitionCount);
            if (!partitions.TryGetValue(partition, out var marks))
                partitions.Add(partition, marks = []);

            marks.Add(mark);
        }

        var scripts = new List<Task>();
        foreach (var (partition, marks) in partitions)
        {
            for (var first = 0; first < marks.Count; first += MarksPerScriptMax)
                scripts.Add(AcknowledgeAsync(partition, marks.GetRange(first, Math.Min(MarksPerScriptMax, marks.Count - first))));
        }

        try
        {
            await Task.WhenAll(scripts).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfWrite(exception);
        }
    }

    public async ValueTask<IReadOnlyList<PendingMark>> ReadOlderThanAsync(int partition, TimeSpan age, int limit, CancellationToken cancellationToken)
    {
        fence.Require();
        var setBeforeMs = (time.GetUtcNow() - age).ToUnixTimeMilliseconds();
        var found = new Dictionary<string, PendingMark>(StringComparer.Ordinal);
        try
        {
            _resumeAt[partition] = await SweepAsync(partition, setBeforeMs, limit, found, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead($"The pending index of partition {partition}", exception);
        }

        return [.. found.Values];
    }

    // From where the last sweep stopped to the end, and then once from the beginning, since a scan's cursors have no order.
    private async Task<SweepPosition> SweepAsync(
        int partition, long setBeforeMs, int limit, Dictionary<string, PendingMark> found, CancellationToken cancellationToken)
    {
        var (cursor, skip) = _resumeAt[partition];
        var lastRound = _resumeAt[partition] == SweepPosition.Start;
        while (true)
        {
            var (next, entries) = await ReadPageAsync(partition, cursor, cancellationToken).ConfigureAwait(false);
            for (var i = skip; i + 1 < entries.Length; i += 2)
            {
                if (!TryRead(entries[i], entries[i + 1], out var mark, out var sinceMs) || sinceMs > setBeforeMs)
                {
                    continue;
                }

                if (found.Count == limit)
                {
                    return new SweepPosition(cursor, i);
                }

                found[entries[i]] = mark;
            }

            (cursor, skip) = (next, 0);
            if (cursor == "0")
            {
                if (lastRound)
                {
                    return SweepPosition.Start;
                }

                lastRound = true;
            }
        }
    }

    // One damaged mark must not hide the others. Whom it names can still be told; without its value it counts as old, and the next acknowledgement removes it.
    private bool TryRead(string field, string value, out PendingMark mark, out long sinceMs)
    {
        mark = default;
        var isValue = RedisMark.TryReadValue(value, out var version, out sinceMs);
        var isField = RedisMark.TryReadField(field, out var learner, out var target);
        if (!isValue || !isField)
        {
            LogDamaged(field);
        }

        if (isField)
        {
            mark = new PendingMark(learner, target, version);
        }

        return isField;
    }

    private async Task AcknowledgeAsync(int partition, List<PendingMark> marks)
    {
        var values = new RedisValue[1 + (marks.Count * 2)];
        values[0] = epoch;
        for (var i = 0; i < marks.Count; i++)
        {
            values[1 + i] = RedisMark.Field(marks[i]);
            values[1 + marks.Count + i] = marks[i].Version;
        }

        using var answer = await database.ScriptEvaluateRespAsync(
            RedisJournalScripts.Acknowledge, new[] { keys.Partition(partition).Heads, keys.Partition(partition).Pending }, values, CommandFlags.DemandMaster).ConfigureAwait(false);
    }

    private async Task<(string Next, string[] Entries)> ReadPageAsync(int partition, string cursor, CancellationToken cancellationToken)
    {
        var answer = (RedisResult[])(await database.ExecuteAsync(
            "HSCAN",
            [keys.Partition(partition).Pending, cursor, "COUNT", PageMarks.ToString(CultureInfo.InvariantCulture)],
            CommandFlags.DemandMaster).WaitAsync(cancellationToken).ConfigureAwait(false))!;
        return ((string)answer[0]!, (string[])answer[1]!);
    }

    /// <summary>A place in a scan: a page's cursor, and how many of the page's entries are behind it.</summary>
    private sealed record SweepPosition(string Cursor, int Skip)
    {
        public static SweepPosition Start { get; } = new("0", 0);
    }
}
