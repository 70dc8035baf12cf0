using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Archive;

/// <summary>A block of archived frames: readable on its own, so that a block torn by a crash damages no other.</summary>
/// <remarks>
/// Header of 32 bytes, little-endian: "CCB1", compressed bytes, raw bytes, frames (4 bytes each), the store's incarnation (8), XXH3-64 of the compressed bytes seeded with
/// raw bytes and incarnation. Then the Brotli-compressed frames: learner key (length 0: the one before), sequence, payload, each number as a varint.
/// </remarks>
internal static class ArchiveBlock
{
    public const int HeaderBytes = 32;

    /// <summary>No block's frames may have more bytes than this before compression, so that a damaged length cannot ask for all memory.</summary>
    public const int RawBytesMax = 1 << 30;

    private const uint Magic = 0x31424343;

    // The archive is written once and read rarely: the fastest level already shrinks a learner's similar frames well.
    private const int Quality = 1;
    private const int WindowBits = 18;

    /// <summary>The most bytes that a frame takes before compression.</summary>
    public static int FrameBytesMax(ArchivedFrame frame) =>
        (3 * Varint.BytesMax) + (3 * frame.Learner.Value.Length) + frame.Frame.Payload.Length;

    /// <summary>Encodes frames into a whole block; the caller returns the array to the shared pool.</summary>
    public static (byte[] Rented, int Length) Encode(IReadOnlyList<ArchivedFrame> frames, int start, int count, long incarnation, int rawBytesMax)
    {
        var raw = ArrayPool<byte>.Shared.Rent(rawBytesMax);
        var rawLength = 0;
        string? previous = null;
        for (var i = start; i < start + count; i++)
        {
            var (learner, frame) = frames[i];
            rawLength += WriteKey(raw.AsSpan(rawLength), learner.Value, ref previous);
            rawLength += Varint.Write(raw.AsSpan(rawLength), (ulong)frame.Sequence);
            rawLength += Varint.Write(raw.AsSpan(rawLength), (ulong)frame.Payload.Length);
            frame.Payload.Span.CopyTo(raw.AsSpan(rawLength));
            rawLength += frame.Payload.Length;
        }

        var block = ArrayPool<byte>.Shared.Rent(HeaderBytes + BrotliEncoder.GetMaxCompressedLength(rawLength));
        if (!BrotliEncoder.TryCompress(raw.AsSpan(0, rawLength), block.AsSpan(HeaderBytes), out var compressed, Quality, WindowBits))
        {
            throw new InvalidOperationException("The largest possible compressed block did not fit its buffer.");
        }

        ArrayPool<byte>.Shared.Return(raw);
        BinaryPrimitives.WriteUInt32LittleEndian(block, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), compressed);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), rawLength);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(12), count);
        BinaryPrimitives.WriteInt64LittleEndian(block.AsSpan(16), incarnation);
        BinaryPrimitives.WriteUInt64LittleEndian(block.AsSpan(24), Checksum(block, block.AsSpan(HeaderBytes, compressed)));
        return (block, HeaderBytes + compressed);
    }

    /// <summary>The compressed bytes that a header announces; false when it is no header.</summary>
    public static bool TryReadHeader(ReadOnlySpan<byte> header, out int compressedBytes)
    {
        compressedBytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        var rawBytes = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == Magic && compressedBytes > 0 && rawBytes is > 0 and <= RawBytesMax;
    }

    public static bool IsIntact(ReadOnlySpan<byte> header, ReadOnlySpan<byte> compressed) =>
        Checksum(header, compressed) == BinaryPrimitives.ReadUInt64LittleEndian(header[24..]);

    /// <summary>The incarnation of the store that archived the block.</summary>
    public static long IncarnationOf(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[16..]);

    /// <summary>Reads the frames of an intact block.</summary>
    /// <exception cref="StoreCorruptException">The frames cannot be read although the checksum fits.</exception>
    public static List<ArchivedFrame> Decode(ReadOnlySpan<byte> header, ReadOnlySpan<byte> compressed)
    {
        var raw = new byte[BinaryPrimitives.ReadInt32LittleEndian(header[8..])];
        if (!BrotliDecoder.TryDecompress(compressed, raw, out var length) || length != raw.Length)
        {
            throw Unreadable();
        }

        var frames = new List<ArchivedFrame>(Math.Min(BinaryPrimitives.ReadInt32LittleEndian(header[12..]), raw.Length));
        var learner = default(LearnerKey);
        for (var position = 0; position < raw.Length;)
        {
            if (!Varint.TryReadLength(raw, ref position, out var keyBytes))
            {
                throw Unreadable();
            }

            if (keyBytes > 0)
            {
                learner = LearnerKey.Parse(Encoding.UTF8.GetString(raw, position, keyBytes));
                position += keyBytes;
            }

            if (!Varint.TryRead(raw, ref position, out var sequence) || !Varint.TryReadLength(raw, ref position, out var payloadBytes))
            {
                throw Unreadable();
            }

            frames.Add(new ArchivedFrame(learner, new JournalFrame((long)sequence, raw.AsMemory(position, payloadBytes))));
            position += payloadBytes;
        }

        return frames;
    }

    private static ulong Checksum(ReadOnlySpan<byte> header, ReadOnlySpan<byte> compressed) =>
        XxHash3.HashToUInt64(compressed, BinaryPrimitives.ReadInt32LittleEndian(header[8..]) ^ (IncarnationOf(header) << 32));

    private static int WriteKey(Span<byte> destination, string key, ref string? previous)
    {
        if (key == previous)
        {
            return Varint.Write(destination, 0);
        }

        previous = key;
        var written = Varint.Write(destination, (ulong)Encoding.UTF8.GetByteCount(key));
        return written + Encoding.UTF8.GetBytes(key, destination[written..]);
    }

    private static StoreCorruptException Unreadable() => new("An archive block cannot be read, although its checksum fits.");
}
