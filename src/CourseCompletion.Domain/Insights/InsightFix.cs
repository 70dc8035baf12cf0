using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>A finding that a course's team has dealt with: who came since is compared with who came before.</summary>
/// <param name="Kind">What was found.</param>
/// <param name="Place">Where.</param>
/// <param name="FixedAtMs">When it was marked as fixed.</param>
/// <param name="Reached">How many had reached the place by then.</param>
/// <param name="Affected">How many of them had left there or watched it again.</param>
public sealed record InsightFix(FindingKind Kind, FindingPlace Place, long FixedAtMs, long Reached, long Affected)
{
    /// <summary>How many a course keeps; the oldest go first.</summary>
    public const int FixesMax = 256;

    private const byte Format = 1;

    /// <summary>Encodes a course's fixes.</summary>
    public static byte[] Encode(IReadOnlyList<InsightFix> fixes)
    {
        var to = new PayloadWriter(64 + (fixes.Count * 48));
        to.Byte(Format);
        to.UInt((uint)fixes.Count);
        foreach (var fix in fixes)
        {
            to.Byte((byte)fix.Kind);
            to.Text(fix.Place.Lesson);
            to.Int(fix.Place.Position);
            to.Int(fix.FixedAtMs);
            to.Int(fix.Reached);
            to.Int(fix.Affected);
        }

        return to.Finish();
    }

    /// <summary>Decodes fixes.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static List<InsightFix> Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "list of fixes");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A list of fixes has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var fixes = new List<InsightFix>();
        for (var left = from.Count(); left > 0; left--)
        {
            fixes.Add(new((FindingKind)from.Byte(), new(from.Text(), (int)from.Int()), from.Int(), from.Int(), from.Int()));
        }

        return fixes;
    }
}
