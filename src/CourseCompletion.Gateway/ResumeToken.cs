using System.Buffers.Binary;
using System.Buffers.Text;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Gateway;

/// <summary>The opaque texts by which clients name a state that they have seen.</summary>
internal static class ResumeToken
{
    private const int NumberBytes = sizeof(long);

    public static string Of(LearnerVersion version)
    {
        Span<byte> bytes = stackalloc byte[2 * NumberBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, version.Incarnation);
        BinaryPrimitives.WriteInt64BigEndian(bytes[NumberBytes..], version.Sequence);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The version in a token; <see cref="LearnerVersion.None"/> for one that this server never gave out.</summary>
    public static LearnerVersion LearnerVersion(string token)
    {
        Span<byte> bytes = stackalloc byte[2 * NumberBytes];
        return TryDecode(token, bytes)
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes), BinaryPrimitives.ReadInt64BigEndian(bytes[NumberBytes..]))
            : Grains.Abstractions.Learners.LearnerVersion.None;
    }

    public static string Of(long revision)
    {
        Span<byte> bytes = stackalloc byte[NumberBytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, revision);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The revision in a token; null for one that this server never gave out.</summary>
    public static long? Revision(string token)
    {
        Span<byte> bytes = stackalloc byte[NumberBytes];
        return TryDecode(token, bytes) ? BinaryPrimitives.ReadInt64BigEndian(bytes) : null;
    }

    private static bool TryDecode(string token, Span<byte> bytes) =>
        token.Length == Base64Url.GetEncodedLength(bytes.Length) && Base64Url.IsValid(token) && Base64Url.DecodeFromChars(token, bytes) == bytes.Length;
}
