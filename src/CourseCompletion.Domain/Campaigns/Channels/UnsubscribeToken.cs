using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>The part of an unsubscribe link that proves that the engine made it.</summary>
/// <remarks>
/// URL-safe Base64 of a format byte, tenant, learner and purpose, a checksum, and HMAC-SHA256 (RFC 2104) over all of it. Anyone who has the link can read the ids in it and end messages of that one purpose to that one
/// learner, and nothing else. It does not expire: an old e-mail's link must still work.
/// </remarks>
public static class UnsubscribeToken
{
    /// <summary>The shortest secret, in bytes of UTF-8.</summary>
    public const int SecretBytesMin = 16;

    private const byte Format = 1;
    private const int TokenLengthMax = 1024;

    // Keeps a signature made for something else under the same secret from being taken for one of these.
    private static readonly byte[] _context = "coursecompletion/unsubscribe\n"u8.ToArray();

    /// <summary>Makes the token of a claim.</summary>
    public static string Make(UnsubscribeClaim claim, string secret)
    {
        var to = new PayloadWriter();
        to.Byte(Format);
        to.Text(claim.Tenant.Value);
        to.Text(claim.Learner.Value);
        to.Text(claim.Purpose);
        var payload = to.Finish();
        return Base64Url.EncodeToString([.. payload, .. Sign(payload, secret)]);
    }

    /// <summary>Reads a token; null when none of the secrets made it.</summary>
    /// <param name="token">The token, as it came.</param>
    /// <param name="secrets">The secret in use and those before it whose links must still work.</param>
    public static UnsubscribeClaim? Read(string token, IReadOnlyList<string> secrets)
    {
        if (token.Length > TokenLengthMax || !TryDecode(token, out var bytes))
        {
            return null;
        }

        var payload = bytes.AsSpan(0, bytes.Length - HMACSHA256.HashSizeInBytes);
        var signature = bytes.AsSpan(payload.Length);
        var signed = false;
        foreach (var secret in secrets)
        {
            // Compared in constant time, and with every secret, so that the time taken tells nothing about either.
            signed |= CryptographicOperations.FixedTimeEquals(Sign(payload, secret), signature);
        }

        return signed ? Decode(payload) : null;
    }

    // Exactly one text is the token of given bytes: blanks, padding and spare bits, which decoders let pass, are not taken.
    private static bool TryDecode(string token, out byte[] bytes)
    {
        var room = new byte[Base64Url.GetMaxDecodedLength(token.Length)];
        var status = Base64Url.DecodeFromChars(token, room, out _, out var length);
        bytes = room[..length];
        return status == OperationStatus.Done && length > HMACSHA256.HashSizeInBytes && Base64Url.EncodeToString(bytes) == token;
    }

    private static UnsubscribeClaim? Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "unsubscribe token");
        return from.Byte() == Format ? new(new(from.Text()), new LearnerId(from.Text()), from.Text()) : null;
    }

    private static byte[] Sign(ReadOnlySpan<byte> payload, string secret) => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. _context, .. payload]);
}
