using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What makes a template one that can be sent, checked when it is saved.</summary>
public static class TemplateRules
{
    /// <summary>How many languages a template may have.</summary>
    public const int TextsMax = 32;

    /// <summary>The longest subject, in bytes of UTF-8, before and after its variables are filled in.</summary>
    public const int SubjectBytesMax = 200;

    /// <summary>The longest plain text, in bytes of UTF-8, before its variables are filled in.</summary>
    public const int BodyBytesMax = 8 * 1024;

    /// <summary>The longest HTML text, in bytes of UTF-8, before its variables are filled in.</summary>
    public const int HtmlBytesMax = 64 * 1024;

    /// <summary>The longest link, in bytes of UTF-8, before its variables are filled in.</summary>
    public const int LinkBytesMax = 1024;

    /// <summary>How many variables a part may have: each can become a text of several KiB, and thousands of messages wait in memory.</summary>
    public const int VariablesMax = 32;

    // What they name is run or shown by whoever opens it, so they are no addresses to send anybody to.
    private static readonly string[] _schemesThatRun = ["javascript", "data", "vbscript", "file", "blob"];

    /// <summary>Every fault of a template; empty when it can be sent. Field names are those of the wire, below <c>template</c>.</summary>
    public static IReadOnlyList<Rejection> Check(NudgeTemplate template)
    {
        var faults = new List<Rejection>();
        if (LearnerEventRules.CheckId(template.Id, "template.template_id", required: true) is { } badId)
        {
            faults.Add(badId);
        }

        if (template.Texts.Count > TextsMax)
        {
            faults.Add(new(RejectionReason.LimitExceeded, "template.texts", $"Give at most {TextsMax} texts, one a language."));
            return faults;
        }

        if (!template.Texts.Any(text => text.Locale.Equals(template.FallbackLocale, StringComparison.OrdinalIgnoreCase)))
        {
            faults.Add(new(
                RejectionReason.MissingField,
                "template.fallback_locale",
                $"Add a text in '{template.FallbackLocale}', or name the language of another text: learners whose own language has no text get that one."));
        }

        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < template.Texts.Count; i++)
        {
            var (text, at) = (template.Texts[i], $"template.texts[{i}]");
            if (!LocaleChain.IsTag(text.Locale))
            {
                faults.Add(new(RejectionReason.InvalidField, $"{at}.locale", "Send a language tag such as zh-CN or en."));
            }
            else if (!seen.Add(text.Locale))
            {
                faults.Add(new(RejectionReason.InvalidField, $"{at}.locale", $"Give each language one text: '{text.Locale}' stands twice."));
            }

            CheckText(text, at, faults);
        }

        return faults;
    }

    /// <summary>Whether somebody may be sent to it: an absolute address of a scheme that runs nothing, without blanks.</summary>
    public static bool IsAddress(string link) =>
        SchemeOf(link) is var scheme && Uri.CheckSchemeName(scheme) && !_schemesThatRun.Contains(scheme, StringComparer.OrdinalIgnoreCase)
        && !link.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));

    private static string SchemeOf(string link) => link.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? link[..colon] : "";

    private static void CheckText(NudgeText text, string at, List<Rejection> faults)
    {
        if (text.Subject.Any(char.IsControl))
        {
            faults.Add(new(RejectionReason.InvalidField, $"{at}.subject", "Write the subject on one line, without control characters."));
        }

        CheckPart(text.Subject, $"{at}.subject", SubjectBytesMax, faults);
        CheckPart(text.Body, $"{at}.body", BodyBytesMax, faults);
        if (text.Html is { } html && CheckPart(html, $"{at}.html", HtmlBytesMax, faults) is { } parsed)
        {
            CheckPlaces(parsed, $"{at}.html", faults);
        }

        if (text.Link is { } link && CheckPart(link, $"{at}.link", LinkBytesMax, faults) is { } parsedLink)
        {
            CheckLink(link, parsedLink, $"{at}.link", faults);
        }
    }

    private static ParsedText? CheckPart(string text, string field, int bytesMax, List<Rejection> faults)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            faults.Add(new(RejectionReason.MissingField, field, $"Set {field}: a learner would get an empty message."));
            return null;
        }

        if (Encoding.UTF8.GetByteCount(text) > bytesMax)
        {
            faults.Add(new(RejectionReason.LimitExceeded, field, $"Shorten it to at most {bytesMax} bytes of UTF-8."));
            return null;
        }

        var parsed = ParsedText.Of(text);
        faults.AddRange(parsed.Faults.Select(fault => new Rejection(
            RejectionReason.InvalidField,
            field,
            fault.Name is { } name
                ? $"Replace '{{{{{name}}}}}' at {fault.At}: there is no such variable. The variables are {string.Join(", ", TemplateVariables.Names)}."
                : $"Close the braces that open at {fault.At} with '}}}}'.")));
        if (parsed.Parts.Count(part => part.Variable is not null) > VariablesMax)
        {
            faults.Add(new(RejectionReason.LimitExceeded, field, $"Use at most {VariablesMax} variables in it."));
        }

        return parsed;
    }

    private static void CheckPlaces(ParsedText html, string field, List<Rejection> faults)
    {
        var places = new HtmlPlaces();
        foreach (var part in html.Parts)
        {
            if (part.Variable is not { } variable)
            {
                places.Read(part.Literal);
                continue;
            }

            if (places.Current == HtmlPlace.Forbidden || (places.Current == HtmlPlace.Address && !TemplateVariables.IsLink(variable)))
            {
                faults.Add(new(
                    RejectionReason.InvalidField,
                    field,
                    $"Move '{{{{{TemplateVariables.NameOf(variable)}}}}}' between tags or into a quoted attribute: here a value could act as code. An address takes {{{{link}}}}, {{{{unsubscribe_link}}}} or {{{{session_link}}}} alone."));
            }

            places.ReadValue();
        }
    }

    private static void CheckLink(string link, ParsedText parsed, string field, List<Rejection> faults)
    {
        if (!IsAddress(link))
        {
            faults.Add(new(RejectionReason.InvalidField, field, "Begin the link with https:// or the scheme of your app, and write it without blanks."));
        }

        if (parsed.Parts.Any(part => part.Variable is not null) && !HasOwnHost(parsed.Parts[0].Literal, SchemeOf(link)))
        {
            faults.Add(new(RejectionReason.InvalidField, field, "Write the host out, up to the '/' behind it: a value must not decide where the link leads."));
        }

        if (parsed.Parts.Any(part => part.Variable is { } variable && TemplateVariables.IsLink(variable)))
        {
            faults.Add(new(RejectionReason.InvalidField, field, "Write the link out: it cannot contain {{link}}, {{unsubscribe_link}} or {{session_link}}."));
        }
    }

    // Addresses of an app have no host: where they lead, the app decides. A browser takes the part behind any number of slashes for the host, so there has to be one before the next slash.
    private static bool HasOwnHost(string beforeVariables, string scheme)
    {
        var host = scheme.Length + "://".Length;
        return !scheme.StartsWith("http", StringComparison.OrdinalIgnoreCase) || (beforeVariables.Length > host && beforeVariables.IndexOf('/', host) > host);
    }
}
