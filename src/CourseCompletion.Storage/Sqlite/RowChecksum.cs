using System.IO.Hashing;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>The checksum that every row carries: XXH3-64 over its bytes, seeded with the row's key, so that a row that strayed to another key is damage too.</summary>
internal static class RowChecksum
{
    public static long Of(ReadOnlySpan<char> key, ReadOnlySpan<char> subkey, ReadOnlySpan<byte> bytes, long number = 0, long otherNumber = 0)
    {
        // Odd multipliers keep the numbers apart, so that exchanging two of them changes the seed.
        var seed = KeyHash.Of(key)
            ^ (KeyHash.Of(subkey) * 0x9E3779B97F4A7C15)
            ^ ((ulong)number * 0xC2B2AE3D27D4EB4F)
            ^ (((ulong)otherNumber + 1) * 0x165667B19E3779F9);
        return (long)XxHash3.HashToUInt64(bytes, (long)seed);
    }
}
