using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Courses;
using StackExchange.Redis;
using KeyHash = CourseCompletion.Domain.Tenants.KeyHash;

namespace CourseCompletion.Storage.Redis.Courses;

/// <summary>The rows of roster shards: a hash per shard, learner to version (24 bytes), checksum (8) and row.</summary>
internal sealed class RedisRosterStore(IDatabase database, RedisKeys keys, string epoch, RedisStoreFence fence) : IRosterStore
{
    private const int HeaderBytes = RowVersionPrefix.Bytes + 8;
    private const int PageRows = 500;
    private const int RowsPerScriptMax = 1000;
    private const int OwnArguments = 4;

    // KEYS: heads, roster, owners. ARGV: epoch, roster, owner, then 'set' and (learner, row) per row, or 'remove' and (learner, version) per row. What is stored in a newer
    // version stays. A shard that nobody has taken over yet is anybody's.
    // Versions are compared in six numbers of 4 bytes: Lua compares texts by the server's locale, and its numbers do not hold 8 bytes.
    private const string WriteScript = """
        #!lua
        if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        local owner = redis.call('HGET', KEYS[3], ARGV[2])
        if owner and owner ~= ARGV[3] then return redis.error_reply('CCOWNER') end
        local function isNewer(stored, version)
          if not stored or #stored < 24 then return false end
          local a, b = {struct.unpack('>I4I4I4I4I4I4', stored)}, {struct.unpack('>I4I4I4I4I4I4', version)}
          for i = 1, 6 do
            if a[i] ~= b[i] then return a[i] > b[i] end
          end
          return false
        end
        local learners, size = {}, 0
        for at = 5, #ARGV, 2 do
          size = size + 1
          learners[size] = ARGV[at]
        end
        local stored = redis.call('HMGET', KEYS[2], unpack(learners))
        local passed, count = {}, 0
        for i = 1, size do
          local value = ARGV[i * 2 + 4]
          if not isNewer(stored[i], value) then
            passed[count + 1] = learners[i]
            count = count + 1
            if ARGV[4] == 'set' then
              passed[count + 1] = value
              count = count + 1
            end
          end
        end
        if count > 0 then redis.call(ARGV[4] == 'set' and 'HSET' or 'HDEL', KEYS[2], unpack(passed)) end
        return 1
        """;

    // KEYS: heads, owners. ARGV: epoch, roster, owner.
    private const string TakeOverScript = """
        #!lua
        if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        redis.call('HSET', KEYS[2], ARGV[2], ARGV[3])
        return 1
        """;

    // KEYS: heads, roster. ARGV: epoch, cursor, how many about. A store that was emptied must not look like a roster without rows.
    private const string ReadScript = """
        #!lua flags=no-writes
        if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return redis.error_reply('CCEPOCH') end
        return redis.call('HSCAN', KEYS[2], ARGV[2], 'COUNT', ARGV[3])
        """;

    // In a process one activation of a shard follows the other, so that processes are all there is to tell apart.
    private readonly byte[] _owner = Guid.NewGuid().ToByteArray();

    public async ValueTask TakeOverAsync(RosterKey roster, CancellationToken cancellationToken)
    {
        var partition = keys.Of(roster);
        await ChangeAsync(TakeOverScript, [partition.Heads, partition.Owners], [epoch, roster.Value, _owner], cancellationToken).ConfigureAwait(false);
    }

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
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals, CancellationToken cancellationToken)
    {
        // Rows are independent of each other, so a long list may go in several scripts.
        for (var first = 0; first < upserts.Count; first += RowsPerScriptMax)
        {
            var count = Math.Min(RowsPerScriptMax, upserts.Count - first);
            var values = Arguments(roster, "set", count);
            for (var i = 0; i < count; i++)
            {
                var row = upserts[first + i];
                values[OwnArguments + (i * 2)] = row.Learner.Value;
                values[OwnArguments + 1 + (i * 2)] = Encode(roster, row);
            }

            await WriteAsync(roster, values, cancellationToken).ConfigureAwait(false);
        }

        for (var first = 0; first < removals.Count; first += RowsPerScriptMax)
        {
            var count = Math.Min(RowsPerScriptMax, removals.Count - first);
            var values = Arguments(roster, "remove", count);
            for (var i = 0; i < count; i++)
            {
                values[OwnArguments + (i * 2)] = removals[first + i].Learner.Value;
                values[OwnArguments + 1 + (i * 2)] = RowVersionPrefix.Of(removals[first + i].Version);
            }

            await WriteAsync(roster, values, cancellationToken).ConfigureAwait(false);
        }
    }

    // Epoch, roster, owner and what to do, with room for two more values a row.
    private RedisValue[] Arguments(RosterKey roster, string change, int rows)
    {
        var values = new RedisValue[OwnArguments + (rows * 2)];
        (values[0], values[1], values[2], values[3]) = (epoch, roster.Value, _owner, change);
        return values;
    }

    private Task WriteAsync(RosterKey roster, RedisValue[] values, CancellationToken cancellationToken)
    {
        var partition = keys.Of(roster);
        return ChangeAsync(WriteScript, [partition.Heads, partition.Roster(roster), partition.Owners], values, cancellationToken);
    }

    private async Task ChangeAsync(string script, RedisKey[] scriptKeys, RedisValue[] values, CancellationToken cancellationToken)
    {
        fence.Require();
        try
        {
            using var answer = await database.ScriptEvaluateRespAsync(script, scriptKeys, values, CommandFlags.DemandMaster)
                .WaitAsync(cancellationToken).ConfigureAwait(false);
            fence.Wrote();
        }
        catch (RedisServerException exception) when (exception.Message.Contains("CCOWNER", StringComparison.Ordinal))
        {
            throw new RosterTakenOverException("Another silo has taken this shard over, so nothing was written.", exception);
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
            var partition = keys.Of(roster);
            var answer = (RedisResult[])(await database.ScriptEvaluateAsync(
                ReadScript,
                [partition.Heads, partition.Roster(roster)],
                [epoch, cursor, PageRows],
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
        var stored = new byte[HeaderBytes + row.Payload.Length];
        RowVersionPrefix.Write(stored, row.Version);
        row.Payload.Span.CopyTo(stored.AsSpan(HeaderBytes));
        BinaryPrimitives.WriteUInt64BigEndian(stored.AsSpan(RowVersionPrefix.Bytes), Checksum(roster, row.Learner, stored));
        return stored;
    }

    private static StoredRosterRow Decode(RosterKey roster, LearnerId learner, byte[] stored) =>
        stored.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt64BigEndian(stored.AsSpan(RowVersionPrefix.Bytes)) == Checksum(roster, learner, stored)
            ? new StoredRosterRow(learner, RowVersionPrefix.Read(stored), stored.AsMemory(HeaderBytes))
            : StoredRosterRow.Damaged(learner);

    private static ulong Checksum(RosterKey roster, LearnerId learner, ReadOnlySpan<byte> stored) =>
        RedisChecksum.Of(stored[HeaderBytes..], KeyHash.Of(roster.Value) + (KeyHash.Of(learner.Value) * 31)) + XxHash3.HashToUInt64(stored[..RowVersionPrefix.Bytes]);
}
