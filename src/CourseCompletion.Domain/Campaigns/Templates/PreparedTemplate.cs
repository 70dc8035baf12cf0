using System.Net;
using System.Text;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>A template taken apart once, that renders each learner's message.</summary>
/// <remarks>Immutable, so that every learner of a silo can share it.</remarks>
public sealed class PreparedTemplate
{
    private readonly string _fallbackLocale;
    private readonly Dictionary<string, PreparedText> _texts = new(StringComparer.OrdinalIgnoreCase);

    private PreparedTemplate(NudgeTemplate template) => (Id, _fallbackLocale) = (template.Id, template.FallbackLocale);

    /// <summary>The template's id.</summary>
    public string Id { get; }

    /// <summary>Takes a template apart.</summary>
    /// <exception cref="ArgumentException">The template is not one that <see cref="TemplateRules.Check"/> lets pass.</exception>
    public static PreparedTemplate Of(NudgeTemplate template)
    {
        if (TemplateRules.Check(template) is [var fault, ..])
        {
            throw new ArgumentException($"{fault.Field}: {fault.Message}", nameof(template));
        }

        var prepared = new PreparedTemplate(template);
        foreach (var text in template.Texts)
        {
            prepared._texts.Add(text.Locale, new(
                text.Locale,
                ParsedText.Of(text.Subject),
                ParsedText.Of(text.Body),
                text.Html is null ? null : ParsedText.Of(text.Html),
                text.Link is null ? null : ParsedText.Of(text.Link)));
        }

        return prepared;
    }

    /// <summary>Renders the message of a learner.</summary>
    /// <param name="locale">The learner's language; null when it is not known.</param>
    /// <param name="values">The learner's values. <see cref="TemplateVariable.Link"/> is the text's own link and need not be set.</param>
    public RenderedNudge Render(string? locale, TemplateValues values)
    {
        var text = LocaleChain.Of(locale, _fallbackLocale).Select(tag => _texts.GetValueOrDefault(tag)).First(found => found is not null)!;
        var link = text.Link is null ? null : Fill(text.Link, values, null, Uri.EscapeDataString);
        return new(
            text.Locale,
            OneLine(Fill(text.Subject, values, link, static value => value)),
            Fill(text.Body, values, link, WithoutControls),
            text.Html is null ? null : Fill(text.Html, values, link, static value => WebUtility.HtmlEncode(WithoutControls(value))),
            link);
    }

    private static string Fill(ParsedText text, TemplateValues values, string? link, Func<string, string> escape)
    {
        var to = new StringBuilder();
        foreach (var part in text.Parts)
        {
            to.Append(part.Variable switch
            {
                null => part.Literal,
                TemplateVariable.Link => escape(link ?? ""),
                { } variable => escape(values[variable] ?? ""),
            });
        }

        return to.ToString();
    }

    private static string WithoutControls(string value) =>
        value.Any(IsUnwanted) ? string.Concat(value.Where(c => !IsUnwanted(c))) : value;

    private static bool IsUnwanted(char c) => char.IsControl(c) && c is not ('\n' or '\r' or '\t');

    // A line break in a value must not begin another header of an e-mail, and no value may make the line longer than a subject is.
    private static string OneLine(string subject)
    {
        var line = new StringBuilder();
        var bytesLeft = TemplateRules.SubjectBytesMax;
        foreach (var rune in subject.EnumerateRunes())
        {
            var shown = Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029 ? new Rune(' ') : rune;
            bytesLeft -= shown.Utf8SequenceLength;
            if (bytesLeft < 0)
            {
                return Shortened(line);
            }

            line.Append(shown);
        }

        return line.ToString().Trim();
    }

    private static string Shortened(StringBuilder line)
    {
        const string dots = "…";
        var runes = line.ToString().EnumerateRunes().ToList();
        for (var bytes = runes.Sum(rune => rune.Utf8SequenceLength); bytes + Encoding.UTF8.GetByteCount(dots) > TemplateRules.SubjectBytesMax;)
        {
            bytes -= runes[^1].Utf8SequenceLength;
            runes.RemoveAt(runes.Count - 1);
        }

        return string.Concat(runes).Trim() + dots;
    }

    private sealed record PreparedText(string Locale, ParsedText Subject, ParsedText Body, ParsedText? Html, ParsedText? Link);
}
