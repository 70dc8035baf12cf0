using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace CourseCompletion.Cli.Plots;

/// <summary>Writes pictures as PNG (ISO/IEC 15948): eight bits a channel, red, green and blue.</summary>
internal static class PngFile
{
    private const int ChannelBytes = 3;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a];

    /// <summary>Encodes a picture.</summary>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="pixels">The pixels, 0xRRGGBB, row by row from the top.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<int> pixels)
    {
        using var file = new MemoryStream();
        file.Write(Signature);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, 2);
        WriteChunk(file, "IHDR"u8, header);
        WriteChunk(file, "IDAT"u8, Compress(width, height, pixels));
        WriteChunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<int> pixels)
    {
        using var compressed = new MemoryStream();
        using (var zlib = new ZLibStream(compressed, CompressionLevel.Optimal))
        {
            // Each row begins with its filter: none.
            var row = new byte[1 + (width * ChannelBytes)];
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    var pixel = pixels[(y * width) + x];
                    var at = 1 + (x * ChannelBytes);
                    (row[at], row[at + 1], row[at + 2]) = ((byte)(pixel >> 16), (byte)(pixel >> 8), (byte)pixel);
                }

                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(Stream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        file.Write(type);
        file.Write(content);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32([.. type, .. content]));
        file.Write(number);
    }
}
