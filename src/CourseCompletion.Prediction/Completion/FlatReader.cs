using System.Buffers.Binary;
using System.Text;

namespace CourseCompletion.Prediction.Completion;

/// <summary>Reads the content of a model file: numbers little-endian, a text by its length in bytes (4) and UTF-8.</summary>
/// <exception cref="EndOfStreamException">Thrown by every method when the content ends early.</exception>
internal ref struct FlatReader(ReadOnlySpan<byte> rest)
{
    /// <summary>The longest text, in bytes.</summary>
    public const int TextBytesMax = 4096;

    private ReadOnlySpan<byte> _rest = rest;

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _rest.Length)
        {
            throw new EndOfStreamException("it names more numbers than it has.");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int)));

    public ulong ULong() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public float[] Floats(int count)
    {
        var numbers = new float[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = Float();
        }

        return numbers;
    }

    public float Float() => BinaryPrimitives.ReadSingleLittleEndian(Bytes(sizeof(float)));

    public int Count(int max) => Int() is var count && count >= 0 && count <= max ? count : throw new ArgumentException($"{count} is no count from 0 to {max}.");

    public string Text() => Encoding.UTF8.GetString(Bytes(Count(TextBytesMax)));

    /// <summary>An unsigned number of 7 bits a byte, the lowest first.</summary>
    public uint Packed()
    {
        uint number = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var b = Bytes(1)[0];
            number |= (b & 0x7Fu) << shift;
            if (b < 0x80)
            {
                return number;
            }
        }

        throw new ArgumentException("a packed number is longer than 32 bits.");
    }
}
