using System.IO.Hashing;

namespace CourseCompletion.Storage.Redis;

/// <summary>XXH3-64 of a stored value, mixed with the place in which the value belongs, so that a value which strayed is damage too.</summary>
/// <remarks>Place and content are hashed apart: a seeded XXH3 derives a new secret for each seed, which costs more than the hash of a short value.</remarks>
internal static class RedisChecksum
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;

    public static ulong Of(ReadOnlySpan<byte> content, ulong place) => XxHash3.HashToUInt64(content) ^ (place * GoldenRatio);
}
