using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Win32.SafeHandles;

namespace CourseCompletion.Storage.Archive;

/// <summary>Reads an archive file block by block, also while it is being written.</summary>
/// <remarks>Each block is brought to the disk before the next is begun, so a crash can leave only the last one unfinished.</remarks>
internal sealed class ArchiveReader(string path) : IDisposable
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
    private readonly byte[] _header = new byte[ArchiveBlock.HeaderBytes];
    private byte[] _compressed = [];
    private long _position;
    private int _skippedBytes;

    /// <summary>The incarnation of the block that was read last.</summary>
    public long Incarnation => ArchiveBlock.IncarnationOf(_header);

    /// <summary>How many bytes from the file's start are whole blocks. Looks at headers, and into the last block only.</summary>
    /// <exception cref="StoreCorruptException">A block's header is damaged, and it is not the file's end.</exception>
    public static long IntactBytes(string path)
    {
        using var reader = new ArchiveReader(path);
        while (reader.Find(out var bytes, out var isLast))
        {
            if (isLast && (!reader.Load(bytes) || !ArchiveBlock.IsIntact(reader._header, reader._compressed.AsSpan(0, bytes))))
            {
                break;
            }

            reader._position += ArchiveBlock.HeaderBytes + bytes;
        }

        return reader._position;
    }

    /// <summary>Moves over the next block, looking at its header only; false at the end.</summary>
    /// <exception cref="StoreCorruptException">A block's header is damaged, and it is not the file's end.</exception>
    public bool Skip()
    {
        if (!Find(out var bytes, out _))
        {
            return false;
        }

        _position += ArchiveBlock.HeaderBytes + bytes;
        _skippedBytes = bytes;
        return true;
    }

    /// <summary>The frames of the block that was moved over last; none when it is damaged, which a read of it reports.</summary>
    public List<ArchivedFrame> ReadSkipped()
    {
        _position -= ArchiveBlock.HeaderBytes + _skippedBytes;
        var isIntact = Load(_skippedBytes) && ArchiveBlock.IsIntact(_header, _compressed.AsSpan(0, _skippedBytes));
        _position += ArchiveBlock.HeaderBytes + _skippedBytes;
        return isIntact ? ArchiveBlock.Decode(_header, _compressed.AsSpan(0, _skippedBytes)) : [];
    }

    /// <summary>The next block's frames; null at the end, which is also before a last block that a crash or a writer left unfinished.</summary>
    /// <exception cref="StoreCorruptException">A block that is not the last is damaged.</exception>
    public List<ArchivedFrame>? Read()
    {
        if (!Find(out var bytes, out var isLast) || !Load(bytes))
        {
            return null;
        }

        var compressed = _compressed.AsSpan(0, bytes);
        if (!ArchiveBlock.IsIntact(_header, compressed))
        {
            return isLast ? null : throw Damaged();
        }

        var frames = ArchiveBlock.Decode(_header, compressed);
        _position += ArchiveBlock.HeaderBytes + bytes;
        return frames;
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Reads the next header; false when there is no whole block.</summary>
    private bool Find(out int compressedBytes, out bool isLast)
    {
        compressedBytes = 0;
        isLast = false;
        var length = RandomAccess.GetLength(_file);
        if (length - _position < ArchiveBlock.HeaderBytes || !Fill(_header, _position))
        {
            return false;
        }

        if (!ArchiveBlock.TryReadHeader(_header, out compressedBytes))
        {
            // Zeros up to the end are room that the file system gave to a write that never came.
            return RestIsZero() ? false : throw Damaged();
        }

        var end = _position + ArchiveBlock.HeaderBytes + compressedBytes;
        isLast = end == length;
        return end <= length;
    }

    private bool Load(int bytes)
    {
        if (_compressed.Length < bytes)
        {
            _compressed = new byte[bytes];
        }

        return Fill(_compressed.AsSpan(0, bytes), _position + ArchiveBlock.HeaderBytes);
    }

    private bool RestIsZero()
    {
        var buffer = new byte[64 * 1024];
        for (var position = _position; ;)
        {
            var count = RandomAccess.Read(_file, buffer, position);
            if (count == 0)
            {
                return true;
            }

            if (buffer.AsSpan(0, count).ContainsAnyExcept((byte)0))
            {
                return false;
            }

            position += count;
        }
    }

    private bool Fill(Span<byte> destination, long position)
    {
        var read = 0;
        while (read < destination.Length)
        {
            var count = RandomAccess.Read(_file, destination[read..], position + read);
            if (count == 0)
            {
                return false;
            }

            read += count;
        }

        return true;
    }

    private StoreCorruptException Damaged() =>
        new($"Archive file {Path.GetFileName(path)} is damaged at byte {_position}: a block's checksum or header does not fit.");
}
