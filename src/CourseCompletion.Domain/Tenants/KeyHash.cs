using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CourseCompletion.Domain.Tenants;

/// <summary>A hash of a key that is the same in every process and release, for placing learners in partitions and shards.</summary>
public static class KeyHash
{
    /// <summary>XXH3-64 over the key's UTF-16 code units, little-endian.</summary>
    public static ulong Of(ReadOnlySpan<char> key) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(key));

    /// <summary>The bucket, from 0 to <paramref name="count"/> - 1, that a key falls into.</summary>
    public static int Bucket(ReadOnlySpan<char> key, int count) => (int)(Of(key) % (uint)count);
}
