using System.Security.Cryptography;
using System.Text;

namespace CourseCompletion.Cli.Engagement;

/// <summary>Name-based UUIDs (RFC 9562, version 5) for rows without an id: the same row gives the same id, so that resending is safe.</summary>
internal static class DerivedId
{
    // The namespace of ids that this tool derives; made once and never changed, because it is part of every derived id.
    private static readonly byte[] _namespace = new Guid("6f0c7a7e-4c1d-5b0a-9a55-2d6f0b5f3c11").ToByteArray(bigEndian: true);

    /// <summary>The id of a name, as lower-case text.</summary>
    public static string Of(string name)
    {
        var bytes = new byte[16 + Encoding.UTF8.GetByteCount(name)];
        _namespace.CopyTo(bytes, 0);
        Encoding.UTF8.GetBytes(name, bytes.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 prescribes SHA-1 for version 5; nothing here relies on its strength.
        SHA1.HashData(bytes, hash);
#pragma warning restore CA5350
        hash[6] = (byte)((hash[6] & 0x0f) | 0x50);
        hash[8] = (byte)((hash[8] & 0x3f) | 0x80);
        return new Guid(hash[..16], bigEndian: true).ToString();
    }

    /// <summary>The id of one row of a file of a layout. Rows that are alike differ by their line.</summary>
    public static string OfRow(string layout, string file, CsvRecord row) =>
        Of($"{layout}/{file}/{row.Line}/{string.Join(',', row.Fields)}");
}
