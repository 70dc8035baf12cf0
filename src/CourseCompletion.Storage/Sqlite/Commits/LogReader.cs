using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>Reads one commit's log record, entry by entry.</summary>
internal ref struct LogReader
{
    private readonly ReadOnlySpan<byte> _entries;
    private readonly long _number;
    private int _position;

    /// <summary>Opens a record and verifies its checksum.</summary>
    /// <exception cref="StoreCorruptException">The record is damaged or of an unknown version.</exception>
    public LogReader(ReadOnlySpan<byte> record, long number)
    {
        _number = number;
        var end = record.Length - LogBuffer.ChecksumBytes;
        if (end < LogBuffer.HeaderBytes
            || XxHash3.HashToUInt64(record[..end], number) != BinaryPrimitives.ReadUInt64LittleEndian(record[end..]))
        {
            throw new StoreCorruptException($"The log record of commit {number} is damaged: its checksum does not fit.");
        }

        if (record[0] != LogBuffer.Version)
        {
            throw new StoreCorruptException($"The log record of commit {number} has layout {record[0]}, which this release does not know.");
        }

        CommittedAt = BinaryPrimitives.ReadInt64LittleEndian(record[1..]);
        _entries = record[..end];
        _position = LogBuffer.HeaderBytes;
    }

    /// <summary>The commit's time in milliseconds since 1970-01-01 UTC.</summary>
    public long CommittedAt { get; }

    /// <summary>The entry's kind.</summary>
    public byte Kind { get; private set; }

    /// <summary>Whose entry it is.</summary>
    public string Learner { get; private set; } = string.Empty;

    /// <summary>An appended frame's sequence; an acknowledged version; the head at a trim; the sequence behind which frames are carried.</summary>
    public long Sequence { get; private set; }

    /// <summary>How far the learner's frames were let go of.</summary>
    public long TrimmedThrough { get; private set; }

    /// <summary>What is to be told, or was told.</summary>
    public string[] Targets { get; private set; } = [];

    /// <summary>Where the frame's payload starts in the record.</summary>
    public int PayloadOffset { get; private set; }

    /// <summary>The frame's payload in bytes.</summary>
    public int PayloadBytes { get; private set; }

    /// <summary>Moves to the next entry; false at the end.</summary>
    public bool Read()
    {
        if (_position == _entries.Length)
        {
            return false;
        }

        Kind = _entries[_position++];
        Learner = Text();
        switch (Kind)
        {
            case LogBuffer.AppendEntry:
                Sequence = Number();
                TrimmedThrough = Number();
                var targets = Number();
                Targets = targets == 0 ? [] : targets <= _entries.Length ? new string[targets] : throw Malformed();
                for (var i = 0; i < Targets.Length; i++)
                {
                    Targets[i] = Text();
                }

                PayloadBytes = Length();
                PayloadOffset = _position;
                _position += PayloadBytes;
                return true;
            case LogBuffer.AcknowledgeEntry:
                Targets = [Text()];
                Sequence = Number();
                return true;
            case LogBuffer.TrimEntry or LogBuffer.CarryEntry:
                Sequence = Number();
                TrimmedThrough = Number();
                return true;
            default:
                throw Malformed();
        }
    }

    private long Number() => Varint.TryRead(_entries, ref _position, out var value) ? (long)value : throw Malformed();

    private int Length() => Varint.TryReadLength(_entries, ref _position, out var length) ? length : throw Malformed();

    private string Text()
    {
        var length = Length();
        _position += length;
        return Encoding.UTF8.GetString(_entries.Slice(_position - length, length));
    }

    private readonly StoreCorruptException Malformed() =>
        new($"The log record of commit {_number} cannot be read at byte {_position}, although its checksum fits.");
}
