using System.Net;
using System.Text;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>How the texts of several nudges become those of one message. The text of one alone stays as it is.</summary>
public static class DigestTexts
{
    /// <summary>The plain texts one after the other, each but the first below its subject, with its link behind it.</summary>
    public static string Plain(IReadOnlyList<RenderedNudge> parts)
    {
        var text = new StringBuilder(parts[0].Text);
        foreach (var part in parts.Skip(1))
        {
            text.Append("\n\n").Append(part.Subject).Append('\n').Append(part.Text);
            if (part.Link is { Length: > 0 } link)
            {
                text.Append('\n').Append(link);
            }
        }

        return text.ToString();
    }

    /// <summary>The same as HTML, from the plain text where a part has no other, escaped; null when no part has HTML.</summary>
    public static string? Html(IReadOnlyList<RenderedNudge> parts)
    {
        if (parts.All(part => part.Html is null))
        {
            return null;
        }

        var html = new StringBuilder(BodyOf(parts[0]));
        foreach (var part in parts.Skip(1))
        {
            html.Append("\n<hr>\n<h2>").Append(WebUtility.HtmlEncode(part.Subject)).Append("</h2>\n").Append(BodyOf(part));
            if (part.Link is { Length: > 0 } link)
            {
                html.Append("\n<p><a href=\"").Append(WebUtility.HtmlEncode(link)).Append("\">").Append(WebUtility.HtmlEncode(link)).Append("</a></p>");
            }
        }

        return html.ToString();
    }

    private static string BodyOf(RenderedNudge part) => part.Html ?? $"<p>{WebUtility.HtmlEncode(part.Text)}</p>";
}
