using System.Buffers;
using CourseCompletion.Domain.Learners;
using Microsoft.Win32.SafeHandles;

namespace CourseCompletion.Storage.Archive;

/// <summary>The archive file that is being appended to.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    // Large enough to compress well, small enough to be held in memory by every reader.
    private const int BlockBytes = 1024 * 1024;

    private readonly SafeFileHandle _file;
    private long _end;

    private ArchiveWriter(SafeFileHandle file, long end, long bytesCutOff)
    {
        _file = file;
        _end = end;
        BytesCutOff = bytesCutOff;
    }

    /// <summary>Bytes of a block torn by a crash that were cut off when the file was opened.</summary>
    public long BytesCutOff { get; }

    /// <summary>Opens or creates a file, and cuts a torn last block off.</summary>
    /// <exception cref="Domain.Stores.StoreCorruptException">The file is damaged elsewhere than at its end.</exception>
    public static ArchiveWriter Open(string path)
    {
        var isNew = !File.Exists(path);
        var end = isNew ? 0 : ArchiveReader.IntactBytes(path);
        var file = File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            var torn = RandomAccess.GetLength(file) - end;
            if (torn > 0)
            {
                RandomAccess.SetLength(file, end);
            }

            if (isNew)
            {
                DurableFiles.FlushDirectory(Path.GetDirectoryName(path)!);
            }

            return new ArchiveWriter(file, end, torn);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends frames, in as many blocks as they need, each brought to the disk before the next.</summary>
    public void Append(IReadOnlyList<ArchivedFrame> frames, long incarnation)
    {
        for (var start = 0; start < frames.Count;)
        {
            var count = 0;
            var bytes = 0;
            for (; start + count < frames.Count && (count == 0 || bytes < BlockBytes); count++)
            {
                bytes += ArchiveBlock.FrameBytesMax(frames[start + count]);
            }

            var (block, length) = ArchiveBlock.Encode(frames, start, count, incarnation, bytes);
            RandomAccess.Write(_file, block.AsSpan(0, length), _end);
            ArrayPool<byte>.Shared.Return(block);
            RandomAccess.FlushToDisk(_file);
            _end += length;
            start += count;
        }
    }

    public void Dispose() => _file.Dispose();
}
