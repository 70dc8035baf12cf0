using System.IO.Hashing;
using CourseCompletion.Domain.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>Damage to stored bytes, and what has to be noticed of it.</summary>
internal static class StoredBytes
{
    private const int ChecksumBytes = 8;

    /// <summary>Asserts that each byte changed (in one bit, or to any other value) and each truncation is noticed, and as nothing else than damage.</summary>
    public static void AssertEveryDamageIsNoticed(byte[] payload, Action<byte[]> decode)
    {
        for (var i = 0; i < payload.Length; i++)
        {
            var damaged = (byte[])payload.Clone();
            damaged[i] ^= (byte)(1 << (i % 8));
            Assert.Throws<StoreCorruptException>(() => decode(damaged));
            damaged[i] = (byte)(payload[i] + 1 + (i % 255));
            Assert.Throws<StoreCorruptException>(() => decode(damaged));
            Assert.Throws<StoreCorruptException>(() => decode(payload[..i]));
        }

        Assert.Throws<StoreCorruptException>(() => decode([.. payload, 0]));
    }

    /// <summary>The same payload with its first byte, the format, set to another one and the checksum made right again: as a newer release writes it.</summary>
    public static byte[] OfFormat(byte format, byte[] payload) => WithChecksum([format, .. payload[1..^ChecksumBytes]]);

    /// <summary>Any content, as a payload.</summary>
    public static byte[] WithChecksum(byte[] content) => [.. content, .. BitConverter.GetBytes(XxHash3.HashToUInt64(content))];
}
