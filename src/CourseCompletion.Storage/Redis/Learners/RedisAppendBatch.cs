using System.Buffers;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>The appends of one script, and the buffers in which its arguments are laid out; reused from script to script by one partition's writer.</summary>
internal sealed class RedisAppendBatch(RedisPartitionKeys partition, string epoch, int appendsMax)
{
    private readonly QueuedAppend[] _appends = new QueuedAppend[appendsMax];
    private readonly RedisKey[] _keys = new RedisKey[appendsMax + 2];
    private RedisValue[] _values = new RedisValue[(appendsMax * 4) + 2];
    private byte[] _scratch = [];
    private int _scratchUsed;

    public int Count { get; private set; }

    public int CostBytes { get; private set; }

    /// <summary>The bytes of the frames alone.</summary>
    public int JournalBytes { get; private set; }

    /// <summary>Whether one more append of this cost fits. The first always does, however large.</summary>
    public bool HasRoomFor(int costBytes, int costBytesMax) => Count == 0 || (Count < appendsMax && CostBytes + costBytes <= costBytesMax);

    public void Add(QueuedAppend append)
    {
        _appends[Count++] = append;
        CostBytes += append.CostBytes;
        JournalBytes += RedisFrame.HeaderBytes + append.Append.Payload.Length;
    }

    /// <summary>Sends the script. The client copies keys and values before it returns, so the buffers are free again at once.</summary>
    public Task<RespResult> SendAsync(IDatabase database, long nowMs)
    {
        var size = CostBytes;
        for (var i = 0; i < Count; i++)
        {
            size += UpperBoundOfMarks(_appends[i].Append);
        }

        _scratch = ArrayPool<byte>.Shared.Rent(size);
        _scratchUsed = 0;
        try
        {
            var values = LayOut(nowMs);
            return database.ScriptEvaluateRespAsync(
                RedisJournalScripts.Append, _keys.AsMemory(0, Count + 2), _values.AsMemory(0, values), CommandFlags.DemandMaster);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(_scratch);
            _scratch = [];
        }
    }

    /// <summary>Tells every append how it ended, and empties the batch.</summary>
    public void Complete(RespResult answer)
    {
        var reader = answer.ReadScalar();
        if (answer.Prefix == RESPite.Messages.RespPrefix.Integer)
        {
            if (reader.ReadInt64() != Count)
                throw new RedisException("The append script did not answer for every append.");

            for (var i = 0; i < Count; i++)
                _appends[i].TrySetResult(AppendOutcome.Applied);
        }
        else
        {
            var outcomes = reader.ReadByteArray();
            if (outcomes is null || outcomes.Length != Count)
                throw new RedisException("The append script did not answer for every append.");

            for (var i = 0; i < Count; i++)
            {
                if (outcomes[i] == 'x')
                    _appends[i].TrySetException(new StoreCorruptException($"The frames of learner '{_appends[i].Append.Learner}' are a key of another kind."));
                else
                    _appends[i].TrySetResult(outcomes[i] == '1' ? AppendOutcome.Applied : AppendOutcome.Fenced);
            }
        }

        Clear();
    }

    /// <summary>Tells every append that its fate is unknown, and empties the batch.</summary>
    public void Fail(Exception reason)
    {
        for (var i = 0; i < Count; i++)
            _appends[i].TrySetException(reason);

        Clear();
    }

    private int LayOut(long nowMs)
    {
        _keys[0] = partition.Heads;
        _keys[1] = partition.Pending;
        _values[0] = epoch;
        _values[1] = nowMs;
        var at = Count + 2;
        for (var i = 0; i < Count; i++)
        {
            var append = _appends[i].Append;
            _keys[i + 2] = partition.Journal(append.Learner);
            _values[i + 2] = append.Learner.Value;
            _values[at++] = append.ExpectedHead;
            _values[at++] = append.ExpectedHead + 1;
            _values[at++] = Frame(append);
        }

        for (var i = 0; i < Count; i++)
        {
            var append = _appends[i].Append;
            for (var target = 0; target < append.Targets.Count; target++)
            {
                if (at + 2 > _values.Length)
                    Array.Resize(ref _values, _values.Length * 2);

                _values[at++] = i + 1;
                _values[at++] = Mark(append.Learner, append.Targets[target]);
            }
        }

        return at;
    }

    private ReadOnlyMemory<byte> Frame(LearnerAppend append)
    {
        var frame = _scratch.AsMemory(_scratchUsed, RedisFrame.HeaderBytes + append.Payload.Length);
        RedisFrame.Write(frame.Span, append.Learner, append.ExpectedHead + 1, append.Payload.Span);
        _scratchUsed += frame.Length;
        return frame;
    }

    private ReadOnlyMemory<byte> Mark(LearnerKey learner, string target)
    {
        var written = RedisMark.Write(_scratch.AsSpan(_scratchUsed), learner, target);
        var mark = _scratch.AsMemory(_scratchUsed, written);
        _scratchUsed += written;
        return mark;
    }

    private static int UpperBoundOfMarks(LearnerAppend append)
    {
        var size = 0;
        for (var target = 0; target < append.Targets.Count; target++)
            size += Encoding.UTF8.GetMaxByteCount(append.Learner.Value.Length + append.Targets[target].Length + 1);

        return size;
    }

    private void Clear()
    {
        Array.Clear(_appends, 0, Count);
        Count = 0;
        CostBytes = 0;
        JournalBytes = 0;
    }
}
