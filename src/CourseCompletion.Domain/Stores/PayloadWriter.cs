using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CourseCompletion.Domain.Stores;

/// <summary>Writes the project's stored layouts: variable-length integers, UTF-8 with a length, fixed-width reals, all little-endian; ends with a checksum.</summary>
public sealed class PayloadWriter
{
    private byte[] _buffer;
    private int _used;

    /// <summary>A writer with room to begin with.</summary>
    public PayloadWriter(int capacityBytes = 256) => _buffer = new byte[capacityBytes];

    /// <summary>What was written so far.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _used);

    /// <summary>Forgets what was written and keeps the room.</summary>
    public void Clear() => _used = 0;

    /// <summary>One byte.</summary>
    public void Byte(byte value) => Reserve(1)[0] = value;

    /// <summary>True as 1, false as 0.</summary>
    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>An unsigned integer, 7 bits a byte.</summary>
    public void UInt(ulong value)
    {
        var span = Room(10);
        var i = 0;
        while (value >= 0x80)
        {
            span[i++] = (byte)(value | 0x80);
            value >>= 7;
        }

        span[i++] = (byte)value;
        _used += i;
    }

    /// <summary>A signed integer, zigzag.</summary>
    public void Int(long value) => UInt((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>A signed integer that may be missing.</summary>
    public void OptionalInt(long? value)
    {
        Bool(value is not null);
        if (value is { } known)
        {
            Int(known);
        }
    }

    /// <summary>8 bytes.</summary>
    public void Fixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Reserve(8), value);

    /// <summary>16 bytes.</summary>
    public void Fixed128(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Reserve(16), value);

    /// <summary>Single precision.</summary>
    public void Float(float value) => BinaryPrimitives.WriteSingleLittleEndian(Reserve(4), value);

    /// <summary>Double precision.</summary>
    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Reserve(8), value);

    /// <summary>Writes how many texts there are, and each.</summary>
    public void Texts(IReadOnlyList<string> values)
    {
        UInt((uint)values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            Text(values[i]);
        }
    }

    /// <summary>A text with its length in bytes.</summary>
    public void Text(string value)
    {
        if (value.Length < 43)
        {
            // At most 3 bytes a UTF-16 unit: the length surely fits one byte, so the text is encoded in place behind it.
            var room = Room(1 + (value.Length * 3));
            var length = Encoding.UTF8.GetBytes(value, room[1..]);
            room[0] = (byte)length;
            _used += 1 + length;
            return;
        }

        UInt((ulong)Encoding.UTF8.GetByteCount(value));
        _used += Encoding.UTF8.GetBytes(value, Room(value.Length * 3));
    }

    /// <summary>Appends the checksum (XXH3-64 of everything before) and returns a copy of all.</summary>
    public byte[] Finish()
    {
        Fixed64(XxHash3.HashToUInt64(Written));
        return Written.ToArray();
    }

    private Span<byte> Reserve(int count)
    {
        var span = Room(count);
        _used += count;
        return span;
    }

    private Span<byte> Room(int count)
    {
        if (_used + count > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + count));
        }

        return _buffer.AsSpan(_used, count);
    }
}
