using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Grains.Abstractions.Questions;

namespace CourseCompletion.Gateway.Questions;

/// <summary>Where a page of questions begins: after one of them.</summary>
internal static class QuestionPageToken
{
    private const char Separator = '\n';

    /// <summary>The token of the page after a question.</summary>
    public static string After(QuestionView question) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture, $"{question.UpVotes - question.DownVotes}{Separator}{question.AskedAtMs}{Separator}{question.Question}")));

    /// <summary>Reads a token; false for one that this server never gave out.</summary>
    public static bool TryRead(string token, out QuestionCursor? cursor)
    {
        cursor = null;
        if (token.Length == 0)
        {
            return true;
        }

        var parts = Base64Url.IsValid(token) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token)).Split(Separator) : [];
        if (parts.Length == 3
            && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var score)
            && long.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var askedAtMs)
            && QuestionId.TryParse(parts[2], out _))
        {
            cursor = new(score, askedAtMs, parts[2]);
        }

        return cursor is not null;
    }
}
