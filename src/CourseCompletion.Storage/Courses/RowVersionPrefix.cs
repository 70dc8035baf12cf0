using System.Buffers.Binary;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Storage.Courses;

/// <summary>A row's version at the front of its stored value: incarnation, sequence, definition version, 8 bytes each.</summary>
/// <remarks>Big-endian with the sign's bit turned, so that comparing bytes from the left compares versions: a store can do so without knowing more of a row.</remarks>
internal static class RowVersionPrefix
{
    public const int Bytes = 24;

    public static void Write(Span<byte> destination, RowVersion version)
    {
        WritePart(destination, version.Incarnation);
        WritePart(destination[8..], version.Sequence);
        WritePart(destination[16..], version.DefinitionVersion);
    }

    public static byte[] Of(RowVersion version)
    {
        var bytes = new byte[Bytes];
        Write(bytes, version);
        return bytes;
    }

    public static RowVersion Read(ReadOnlySpan<byte> stored) => new(ReadPart(stored), ReadPart(stored[8..]), ReadPart(stored[16..]));

    private static void WritePart(Span<byte> destination, long part) => BinaryPrimitives.WriteInt64BigEndian(destination, part ^ long.MinValue);

    private static long ReadPart(ReadOnlySpan<byte> stored) => BinaryPrimitives.ReadInt64BigEndian(stored) ^ long.MinValue;
}
