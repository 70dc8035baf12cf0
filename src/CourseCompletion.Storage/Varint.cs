namespace CourseCompletion.Storage;

/// <summary>Unsigned integers in 1 to 10 bytes, seven bits each, the low ones first (LEB128).</summary>
internal static class Varint
{
    public const int BytesMax = 10;

    /// <summary>Writes a number and returns how many bytes it took.</summary>
    public static int Write(Span<byte> destination, ulong value)
    {
        var written = 0;
        while (value >= 0x80)
        {
            destination[written++] = (byte)(value | 0x80);
            value >>= 7;
        }

        destination[written++] = (byte)value;
        return written;
    }

    /// <summary>Reads a number at a position and moves behind it; false when the bytes end or the number has more than 64 bits.</summary>
    public static bool TryRead(ReadOnlySpan<byte> source, ref int position, out ulong value)
    {
        value = 0;
        for (var shift = 0; shift < 64 && position < source.Length; shift += 7)
        {
            var part = source[position++];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a length that must fit into what is left.</summary>
    public static bool TryReadLength(ReadOnlySpan<byte> source, ref int position, out int length)
    {
        var fits = TryRead(source, ref position, out var value) && value <= (ulong)(source.Length - position);
        length = fits ? (int)value : 0;
        return fits;
    }
}
