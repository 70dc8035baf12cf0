using System.Buffers.Binary;
using System.IO.Hashing;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>
/// A segment of sealed identities: parts, one behind the other, each the sequence it was sealed through (8 bytes, big-endian), the number of
/// identities (4), a checksum (8), and the identities (16 each).
/// </summary>
internal static class RedisDedupeSegment
{
    private const int HeaderBytes = 20;
    private const int IdentityBytes = 16;

    public static byte[] Encode(LearnerKey learner, DedupeSegmentId segment, long throughSequence, ReadOnlySpan<UInt128> identities)
    {
        var part = new byte[HeaderBytes + (identities.Length * IdentityBytes)];
        BinaryPrimitives.WriteInt64BigEndian(part, throughSequence);
        BinaryPrimitives.WriteInt32BigEndian(part.AsSpan(8), identities.Length);
        for (var i = 0; i < identities.Length; i++)
            BinaryPrimitives.WriteUInt128BigEndian(part.AsSpan(HeaderBytes + (i * IdentityBytes)), identities[i]);

        BinaryPrimitives.WriteUInt64BigEndian(part.AsSpan(12), Checksum(learner, segment, part));
        return part;
    }

    /// <summary>Reads the identities of all parts, each once: frames that were sealed again under another cut appear in two parts.</summary>
    /// <exception cref="StoreCorruptException">A part is damaged or belongs to another segment.</exception>
    public static UInt128[] Decode(LearnerKey learner, DedupeSegmentId segment, ReadOnlySpan<byte> stored)
    {
        var identities = new HashSet<UInt128>(stored.Length / IdentityBytes);
        while (!stored.IsEmpty)
        {
            var count = stored.Length < HeaderBytes ? -1 : BinaryPrimitives.ReadInt32BigEndian(stored[8..]);
            var size = HeaderBytes + ((long)count * IdentityBytes);
            if (count < 0 || size > stored.Length)
                throw Damaged(learner, segment);

            var part = stored[..(int)size];
            if (BinaryPrimitives.ReadUInt64BigEndian(part[12..]) != Checksum(learner, segment, part))
                throw Damaged(learner, segment);

            for (var i = 0; i < count; i++)
                identities.Add(BinaryPrimitives.ReadUInt128BigEndian(part[(HeaderBytes + (i * IdentityBytes))..]));

            stored = stored[(int)size..];
        }

        return [.. identities];
    }

    private static ulong Checksum(LearnerKey learner, DedupeSegmentId segment, ReadOnlySpan<byte> part)
    {
        var place = KeyHash.Of(learner.Value) + (KeyHash.Of(segment.Source) * 31) + (ulong)segment.Day;
        return RedisChecksum.Of(part[HeaderBytes..], place) + XxHash3.HashToUInt64(part[..12]);
    }

    private static StoreCorruptException Damaged(LearnerKey learner, DedupeSegmentId segment) =>
        new($"The identities of learner '{learner}', source '{segment.Source}', day {segment.Day} fail their checksum.");
}
