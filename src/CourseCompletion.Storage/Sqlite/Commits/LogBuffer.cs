using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>Encodes a commit's log record straight into the memory where its frames then stay until they are retired. Writer thread only.</summary>
/// <remarks>
/// A record is a version byte, the commit's time (8 bytes), the entries, and an XXH3-64 over all of that, seeded with the commit's number. <see cref="LogReader"/>
/// reads it back.
/// </remarks>
internal sealed class LogBuffer(int chunkBytes, long chunksPooledMax)
{
    public const byte Version = 1;
    public const byte AppendEntry = 1;
    public const byte AcknowledgeEntry = 2;
    public const byte TrimEntry = 3;
    public const byte CarryEntry = 4;
    public const int HeaderBytes = 9;
    public const int ChecksumBytes = 8;

    private readonly Stack<LogChunk> _pool = new();
    private LogChunk? _chunk;
    private long _number;
    private int _start;
    private int _position;
    private int _framesWritten;

    /// <summary>The most bytes that an entry of these parts needs.</summary>
    public static int EntryBytesMax(string learner, string target, int payloadBytes) =>
        1 + (6 * Varint.BytesMax) + (3 * (learner.Length + target.Length)) + payloadBytes;

    public void Begin(long number, long committedAt, int entryBytesMax)
    {
        var needed = entryBytesMax + HeaderBytes + ChecksumBytes;
        if (_chunk is null || _chunk.Bytes.Length - _start < needed)
        {
            _chunk = needed <= chunkBytes && _pool.TryPop(out var pooled) ? pooled : new LogChunk(Math.Max(needed, chunkBytes));
            _start = 0;
        }

        _number = number;
        _framesWritten = 0;
        _chunk.Bytes[_start] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(_chunk.Bytes.AsSpan(_start + 1), committedAt);
        _position = _start + HeaderBytes;
    }

    /// <summary>Adds a frame and says where its payload now is.</summary>
    public FrameLocation Append(string learner, long sequence, long trimmedThrough, IReadOnlyList<string> targets, ReadOnlySpan<byte> payload)
    {
        Kind(AppendEntry);
        Text(learner);
        Number(sequence);
        Number(trimmedThrough);
        Number(targets.Count);
        for (var i = 0; i < targets.Count; i++)
        {
            Text(targets[i]);
        }

        Number(payload.Length);
        var location = new FrameLocation(_chunk!, _position, payload.Length);
        payload.CopyTo(_chunk!.Bytes.AsSpan(_position));
        _position += payload.Length;
        _framesWritten++;
        return location;
    }

    public void Acknowledge(string learner, string target, long version)
    {
        Kind(AcknowledgeEntry);
        Text(learner);
        Text(target);
        Number(version);
    }

    public void Trim(string learner, long head, long throughSequence)
    {
        Kind(TrimEntry);
        Text(learner);
        Number(head);
        Number(throughSequence);
    }

    /// <summary>Says that the learner's frames behind a sequence follow in this record, whatever the log held of them before.</summary>
    public void Carry(string learner, long afterSequence, long trimmedThrough)
    {
        Kind(CarryEntry);
        Text(learner);
        Number(afterSequence);
        Number(trimmedThrough);
    }

    /// <summary>Adds the checksum and gives the whole record.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        var bytes = _chunk!.Bytes;
        var sum = XxHash3.HashToUInt64(bytes.AsSpan(_start, _position - _start), _number);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(_position), sum);
        _position += ChecksumBytes;
        return bytes.AsSpan(_start, _position - _start);
    }

    /// <summary>Keeps the record's frames in memory, after it was committed.</summary>
    public void Keep()
    {
        if (_framesWritten > 0)
        {
            _chunk!.FramesHeld += _framesWritten;
            _start = _position;
        }
    }

    /// <summary>Forgets the record, because it was not committed.</summary>
    public void Abandon() => _position = _start;

    /// <summary>Keeps a frame of a record that was read from the log at start.</summary>
    public static FrameLocation Adopt(LogChunk chunk, int offset, int length)
    {
        chunk.FramesHeld++;
        return new FrameLocation(chunk, offset, length);
    }

    /// <summary>Lets go of a frame's memory, after the frame became readable elsewhere.</summary>
    public void Release(FrameLocation frame)
    {
        var chunk = frame.Chunk;
        if (--chunk.FramesHeld > 0)
        {
            return;
        }

        if (chunk == _chunk)
        {
            _start = 0;
        }
        else if (chunk.Bytes.Length == chunkBytes && _pool.Count < chunksPooledMax)
        {
            _pool.Push(chunk);
        }
    }

    private void Kind(byte kind) => _chunk!.Bytes[_position++] = kind;

    private void Number(long value) => _position += Varint.Write(_chunk!.Bytes.AsSpan(_position), (ulong)value);

    private void Text(string value)
    {
        // Keys are percent-encoded, hence ASCII almost always: one length byte, written after the text so that the text is encoded once.
        var bytes = _chunk!.Bytes.AsSpan(_position);
        if (value.Length < 42)
        {
            var length = Encoding.UTF8.GetBytes(value, bytes[1..]);
            bytes[0] = (byte)length;
            _position += 1 + length;
            return;
        }

        var prefix = Varint.Write(bytes, (ulong)Encoding.UTF8.GetByteCount(value));
        _position += prefix + Encoding.UTF8.GetBytes(value, bytes[prefix..]);
    }
}

/// <summary>Memory that holds the records of several commits.</summary>
internal sealed class LogChunk(int bytes)
{
    /// <summary>The memory; never cleared, and written again once no frame in it is held.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(bytes);

    /// <summary>Frames that the window still needs.</summary>
    public int FramesHeld { get; set; }
}

/// <summary>Where a frame's payload is in memory.</summary>
internal readonly record struct FrameLocation(LogChunk Chunk, int Offset, int Length)
{
    public ReadOnlySpan<byte> Span => Chunk.Bytes.AsSpan(Offset, Length);
}
