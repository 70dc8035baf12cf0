using System.Security.Cryptography;
using System.Text;

namespace CourseCompletion.Channels.Webhooks;

/// <summary>How a receiver knows that a request is the engine's and not an old one.</summary>
/// <remarks>HMAC-SHA256 (RFC 2104) over <c>{timestamp}.{body}</c>: the timestamp is signed too, so that a recorded request cannot be played again later under a new one.</remarks>
public static class WebhookSignature
{
    /// <summary>The header with the signatures, <c>v1=hex</c>, joined by commas while a secret is being replaced.</summary>
    public const string Header = "X-CourseCompletion-Signature";

    /// <summary>The header with the time of sending, in whole seconds since 1970-01-01 UTC.</summary>
    public const string TimestampHeader = "X-CourseCompletion-Timestamp";

    /// <summary>The header with the nudge's id, percent-encoded when it has anything but visible ASCII: a receiver that has seen it answers 2xx and does nothing.</summary>
    public const string IdempotencyHeader = "Idempotency-Key";

    /// <summary>Signs a request.</summary>
    public static string Of(string timestamp, ReadOnlySpan<byte> body, string secret)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.UTF8.GetBytes(timestamp + "."));
        hmac.AppendData(body);
        return "v1=" + Convert.ToHexStringLower(hmac.GetHashAndReset());
    }
}
