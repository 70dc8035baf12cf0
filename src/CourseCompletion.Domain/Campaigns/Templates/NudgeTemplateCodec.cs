using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>The stored layout of a <see cref="NudgeTemplate"/>, as a part of what a campaign stores.</summary>
/// <remarks>It has a format number of its own, so that templates can change without their campaigns' layout.</remarks>
public static class NudgeTemplateCodec
{
    private const byte Format = 1;

    /// <summary>Writes a template.</summary>
    public static void Write(PayloadWriter to, NudgeTemplate template)
    {
        to.Byte(Format);
        to.Text(template.Id);
        to.Text(template.FallbackLocale);
        to.UInt((uint)template.Texts.Count);
        foreach (var text in template.Texts)
        {
            to.Text(text.Locale);
            to.Text(text.Subject);
            to.Text(text.Body);
            WriteOptional(to, text.Html);
            WriteOptional(to, text.Link);
        }
    }

    /// <summary>Reads a template.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static NudgeTemplate Read(ref PayloadReader from)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A template has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (id, fallback) = (from.Text(), from.Text());
        var texts = new NudgeText[from.Count()];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = new(from.Text(), from.Text(), from.Text(), ReadOptional(ref from), ReadOptional(ref from));
        }

        return new(id, fallback, texts);
    }

    private static void WriteOptional(PayloadWriter to, string? text)
    {
        to.Bool(text is not null);
        if (text is not null)
        {
            to.Text(text);
        }
    }

    private static string? ReadOptional(ref PayloadReader from) => from.Bool() ? from.Text() : null;
}
