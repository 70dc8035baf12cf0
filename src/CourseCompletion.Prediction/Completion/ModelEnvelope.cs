using System.Buffers.Binary;
using System.IO.Hashing;

namespace CourseCompletion.Prediction.Completion;

/// <summary>What model files have around their content: a magic (8 bytes), the format (4), the length of all that follows (4), and at the end XXH3-64 of everything before (8); little-endian.</summary>
internal static class ModelEnvelope
{
    private const int MagicBytes = 8;
    private const int HeadBytes = 16;
    private const int ChecksumBytes = 8;

    /// <summary>Puts it around a content.</summary>
    public static byte[] Wrap(ReadOnlySpan<byte> magic, int format, ReadOnlySpan<byte> content)
    {
        var whole = new byte[HeadBytes + content.Length + ChecksumBytes];
        magic.CopyTo(whole);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(MagicBytes), format);
        BinaryPrimitives.WriteInt32LittleEndian(whole.AsSpan(MagicBytes + sizeof(int)), content.Length + ChecksumBytes);
        content.CopyTo(whole.AsSpan(HeadBytes));
        BinaryPrimitives.WriteUInt64LittleEndian(whole.AsSpan(HeadBytes + content.Length), XxHash3.HashToUInt64(whole.AsSpan(0, HeadBytes + content.Length)));
        return whole;
    }

    /// <summary>The content of a file that is whole and undamaged.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="magic">How such files begin.</param>
    /// <param name="format">The format that is read.</param>
    /// <param name="notOne">What to say of a file that is none.</param>
    /// <exception cref="ModelFileException">It is another file, of another format, cut off or damaged.</exception>
    public static ReadOnlySpan<byte> Open(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> magic, int format, string notOne)
    {
        if (!bytes.StartsWith(magic))
        {
            throw new ModelFileException(ModelFileFault.NotAModel, notOne);
        }

        if (bytes.Length < HeadBytes + ChecksumBytes)
        {
            throw new ModelFileException(ModelFileFault.Truncated, $"The model file ends after {bytes.Length} bytes. Copy it again.");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(bytes[MagicBytes..]) is var written && written != format)
        {
            throw new ModelFileException(ModelFileFault.NewerFormat, $"The model file has format {written}; this release reads format {format}.");
        }

        var length = HeadBytes + (long)BinaryPrimitives.ReadUInt32LittleEndian(bytes[(MagicBytes + sizeof(int))..]);
        if (bytes.Length < length)
        {
            throw new ModelFileException(ModelFileFault.Truncated, $"The model file has {bytes.Length} of {length} bytes. Copy it again.");
        }

        if (bytes.Length > length || BinaryPrimitives.ReadUInt64LittleEndian(bytes[^ChecksumBytes..]) != XxHash3.HashToUInt64(bytes[..^ChecksumBytes]))
        {
            throw new ModelFileException(ModelFileFault.Corrupt, "The model file is damaged: its checksum does not match. Copy it again.");
        }

        return bytes[HeadBytes..^ChecksumBytes];
    }
}
