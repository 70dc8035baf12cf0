namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>A text taken apart once, so that a hundred thousand messages are only put together.</summary>
internal sealed class ParsedText
{
    private const string Open = "{{";
    private const string Close = "}}";

    private ParsedText(IReadOnlyList<TemplatePart> parts, IReadOnlyList<TemplateFault> faults) => (Parts, Faults) = (parts, faults);

    /// <summary>The pieces in their order.</summary>
    public IReadOnlyList<TemplatePart> Parts { get; }

    /// <summary>What is wrong; empty for a text that can be rendered.</summary>
    public IReadOnlyList<TemplateFault> Faults { get; }

    /// <summary>Takes a text apart. Closing braces without opening ones are words, as style sheets have them.</summary>
    public static ParsedText Of(string text)
    {
        var parts = new List<TemplatePart>();
        var faults = new List<TemplateFault>();
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf(Open, at, StringComparison.Ordinal);
            if (open != at)
            {
                parts.Add(new(open < 0 ? text[at..] : text[at..open], null));
            }

            if (open < 0)
            {
                break;
            }

            var close = text.IndexOf(Close, open, StringComparison.Ordinal);
            if (close < 0)
            {
                faults.Add(new(null, open));
                break;
            }

            var name = text[(open + Open.Length)..close].Trim();
            if (TemplateVariables.Find(name) is { } variable)
            {
                parts.Add(new("", variable));
            }
            else
            {
                faults.Add(new(name, open));
            }

            at = close + Close.Length;
        }

        return new(parts, faults);
    }
}
