using System.Buffers.Text;
using System.Text;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Where a page of a dry run begins: after a learner of a course.</summary>
/// <param name="Course">The course; null for the first page.</param>
/// <param name="Learner">The learner.</param>
internal sealed record DryRunToken(string? Course, string? Learner)
{
    // Ids have no control characters.
    private const char Separator = '\n';

    /// <summary>The token.</summary>
    public string Write() => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{Course}{Separator}{Learner}"));

    /// <summary>Reads a token; null for one that this server never gave out.</summary>
    public static DryRunToken? Read(string token)
    {
        if (token.Length == 0)
        {
            return new(null, null);
        }

        var parts = Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator) : [];
        return parts.Length == 2 ? new(parts[0], parts[1]) : null;
    }
}
