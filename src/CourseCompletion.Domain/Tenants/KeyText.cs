using System.Buffers;

namespace CourseCompletion.Domain.Tenants;

/// <summary>How ids become parts of a grain key: percent-encoded (RFC 3986), joined by '/'.</summary>
internal static class KeyText
{
    private static readonly SearchValues<char> _unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public static string Encode(string id) =>
        id.AsSpan().ContainsAnyExcept(_unreserved) ? Uri.EscapeDataString(id) : id;

    /// <summary>The tenant before the first '/'. Asked for with every event, so the default one's text is not made again.</summary>
    public static TenantId TenantOf(string key)
    {
        var part = key.AsSpan(0, key.IndexOf('/', StringComparison.Ordinal));
        return part.SequenceEqual(TenantId.Default.Value) ? TenantId.Default : new(Decode(part));
    }

    public static string Decode(ReadOnlySpan<char> part) =>
        part.Contains('%') ? Uri.UnescapeDataString(part.ToString()) : part.ToString();
}
