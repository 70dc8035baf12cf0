using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CourseCompletion.Domain.Stores;

/// <summary>Reads what <see cref="PayloadWriter"/> wrote.</summary>
/// <exception cref="StoreCorruptException">Thrown by every method when the bytes end early or contradict the layout.</exception>
public ref struct PayloadReader
{
    private ReadOnlySpan<byte> _rest;

    private PayloadReader(ReadOnlySpan<byte> content) => _rest = content;

    /// <summary>Whether everything was read.</summary>
    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>Verifies the checksum and starts reading.</summary>
    /// <param name="payload">The whole payload.</param>
    /// <param name="what">What it is, for the error message.</param>
    public static PayloadReader Open(ReadOnlySpan<byte> payload, string what)
    {
        if (payload.Length < 8 || XxHash3.HashToUInt64(payload[..^8]) != BinaryPrimitives.ReadUInt64LittleEndian(payload[^8..]))
        {
            throw new StoreCorruptException($"The stored {what} fails its checksum.");
        }

        return new(payload[..^8]);
    }

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>A truth value.</summary>
    public bool Bool() => Byte() != 0;

    /// <summary>An unsigned integer.</summary>
    public ulong UInt()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var b = Byte();
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }

        throw new StoreCorruptException("A stored integer is longer than 64 bits.");
    }

    /// <summary>An unsigned integer that counts things still to be read, each at least one byte.</summary>
    public int Count()
    {
        var count = UInt();
        return count <= (ulong)_rest.Length ? (int)count : throw new StoreCorruptException("A stored list is longer than its payload.");
    }

    /// <summary>A signed integer.</summary>
    public long Int()
    {
        var value = UInt();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A signed integer that may be missing.</summary>
    public long? OptionalInt() => Bool() ? Int() : null;

    /// <summary>8 bytes.</summary>
    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>16 bytes.</summary>
    public UInt128 Fixed128() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    /// <summary>Single precision.</summary>
    public float Float() => BinaryPrimitives.ReadSingleLittleEndian(Take(4));

    /// <summary>Double precision.</summary>
    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Take(8));

    /// <summary>A text.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(Count()));

    /// <summary>Reads what <see cref="PayloadWriter.Texts"/> wrote.</summary>
    public string[] Texts()
    {
        var texts = new string[Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new StoreCorruptException("A stored payload ends early.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
