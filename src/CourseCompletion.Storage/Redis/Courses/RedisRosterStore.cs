using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;
using KeyHash = CourseCompletion.Domain.Tenants.KeyHash;

namespace CourseCompletion.Storage.Redis.Courses;

/// <summary>The rows of roster shards: a hash per shard, learner to checksum (8 bytes) and row.</summary>
internal sealed class RedisRosterStore(IDatabase database, RedisKeys keys, RedisStoreFence fence) : IRosterStore
{
    private const int ChecksumBytes = 8;
    private const int PageRows = 500;
    private const int RowsPerScriptMax = 1000;

    // KEYS: the roster. ARGV: number of rows, (learner, row) per row, then learners to remove. A learner in both is removed.
    private const string WriteScript = """
        #!lua
        local set = ARGV[1] * 2
        if set > 0 then redis.call('HSET', KEYS[1], unpack(ARGV, 2, set + 1)) end
        if #ARGV > set + 1 then redis.call('HDEL', KEYS[1], unpack(ARGV, set + 2)) end
        return 1
        """;

    public async IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // A scan may show a row twice while Redis resizes the hash.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var cursor = "0";
        do
        {
            var (next, entries) = await ReadPageAsync(roster, cursor, cancellationToken).ConfigureAwait(false);
            cursor = next;
            for (var i = 0; i + 1 < entries.Length; i += 2)
            {
                var learner = (string)entries[i]!;
                if (seen.Add(learner))
                    yield return Decode(roster, new LearnerId(learner), (byte[])entries[i + 1]!);
            }
        }
        while (cursor != "0");
    }

    public async ValueTask WriteAsync(
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<LearnerId> deletes, CancellationToken cancellationToken)
    {
        // Rows are independent of each other, so a long list may go in several scripts; removals go last, as they do within one.
        for (var first = 0; first < upserts.Count; first += RowsPerScriptMax)
        {
            var count = Math.Min(RowsPerScriptMax, upserts.Count - first);
            var values = new RedisValue[1 + (count * 2)];
            values[0] = count;
            for (var i = 0; i < count; i++)
            {
                var row = upserts[first + i];
                values[1 + (i * 2)] = row.Learner.Value;
                values[2 + (i * 2)] = Encode(roster, row);
            }

            await WriteAsync(roster, values, cancellationToken).ConfigureAwait(false);
        }

        for (var first = 0; first < deletes.Count; first += RowsPerScriptMax)
        {
            var count = Math.Min(RowsPerScriptMax, deletes.Count - first);
            var values = new RedisValue[1 + count];
            values[0] = 0;
            for (var i = 0; i < count; i++)
                values[1 + i] = deletes[first + i].Value;

            await WriteAsync(roster, values, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task WriteAsync(RosterKey roster, RedisValue[] values, CancellationToken cancellationToken)
    {
        fence.Require();
        try
        {
            using var answer = await database.ScriptEvaluateRespAsync(WriteScript, new[] { keys.Roster(roster) }, values, CommandFlags.DemandMaster)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            fence.Wrote();
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfWrite(exception);
        }
    }

    private async Task<(string Cursor, RedisValue[] Entries)> ReadPageAsync(RosterKey roster, string cursor, CancellationToken cancellationToken)
    {
        fence.Require();
        try
        {
            var answer = (RedisResult[])(await database.ExecuteAsync(
                "HSCAN",
                [keys.Roster(roster), cursor, "COUNT", PageRows.ToString(CultureInfo.InvariantCulture)],
                CommandFlags.DemandMaster).WaitAsync(cancellationToken).ConfigureAwait(false))!;
            return ((string)answer[0]!, (RedisValue[])answer[1]!);
        }
        catch (Exception exception) when (RedisFailure.IsOne(exception))
        {
            throw RedisFailure.OfRead($"Roster '{roster}'", exception);
        }
    }

    private static byte[] Encode(RosterKey roster, StoredRosterRow row)
    {
        var stored = new byte[ChecksumBytes + row.Payload.Length];
        BinaryPrimitives.WriteUInt64BigEndian(stored, Checksum(roster, row.Learner, row.Payload.Span));
        row.Payload.Span.CopyTo(stored.AsSpan(ChecksumBytes));
        return stored;
    }

    private static StoredRosterRow Decode(RosterKey roster, LearnerId learner, byte[] stored) =>
        stored.Length >= ChecksumBytes
        && BinaryPrimitives.ReadUInt64BigEndian(stored) == Checksum(roster, learner, stored.AsSpan(ChecksumBytes))
            ? new StoredRosterRow(learner, stored.AsMemory(ChecksumBytes))
            : throw new StoreCorruptException($"The row of learner '{learner}' in roster '{roster}' fails its checksum.");

    private static ulong Checksum(RosterKey roster, LearnerId learner, ReadOnlySpan<byte> payload) =>
        RedisChecksum.Of(payload, KeyHash.Of(roster.Value) + (KeyHash.Of(learner.Value) * 31));
}
