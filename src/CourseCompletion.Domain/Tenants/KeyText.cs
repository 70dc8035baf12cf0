using System.Buffers;

namespace CourseCompletion.Domain.Tenants;

/// <summary>How ids become parts of a grain key: percent-encoded (RFC 3986), joined by '/'.</summary>
internal static class KeyText
{
    private static readonly SearchValues<char> _unreserved = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    public static string Encode(string id) =>
        id.AsSpan().ContainsAnyExcept(_unreserved) ? Uri.EscapeDataString(id) : id;

    public static string Decode(ReadOnlySpan<char> part) =>
        part.Contains('%') ? Uri.UnescapeDataString(part.ToString()) : part.ToString();
}
