using System.Buffers.Binary;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Storage.Redis.Learners;

/// <summary>
/// A stored frame: sequence (8 bytes, big-endian), checksum (8), payload. The checksum covers the learner and the sequence too, so that a frame
/// which turns up in the wrong place is found out.
/// </summary>
internal static class RedisFrame
{
    public const int HeaderBytes = 16;

    public static void Write(Span<byte> frame, LearnerKey learner, long sequence, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteInt64BigEndian(frame, sequence);
        BinaryPrimitives.WriteUInt64BigEndian(frame[8..], Checksum(learner, sequence, payload));
        payload.CopyTo(frame[HeaderBytes..]);
    }

    /// <summary>Checks a frame against the place it was found in.</summary>
    /// <exception cref="StoreCorruptException">The frame is damaged or belongs elsewhere.</exception>
    public static JournalFrame Read(byte[]? frame, LearnerKey learner, long expectedSequence)
    {
        if (frame is null || frame.Length < HeaderBytes)
        {
            throw new StoreCorruptException($"Frame {expectedSequence} of learner '{learner}' is cut short.");
        }

        var sequence = BinaryPrimitives.ReadInt64BigEndian(frame);
        if (sequence != expectedSequence)
        {
            throw new StoreCorruptException($"The journal of learner '{learner}' holds frame {sequence} where frame {expectedSequence} belongs.");
        }

        var payload = frame.AsMemory(HeaderBytes);
        return BinaryPrimitives.ReadUInt64BigEndian(frame.AsSpan(8)) == Checksum(learner, sequence, payload.Span)
            ? new JournalFrame(sequence, payload)
            : throw new StoreCorruptException($"Frame {sequence} of learner '{learner}' fails its checksum.");
    }

    private static ulong Checksum(LearnerKey learner, long sequence, ReadOnlySpan<byte> payload) =>
        RedisChecksum.Of(payload, KeyHash.Of(learner.Value) + (ulong)sequence);
}
