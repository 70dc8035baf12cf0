using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>The layout of a <see cref="GroupSums"/>: about 80 bytes.</summary>
public static class GroupSumsCodec
{
    private const byte Format = 1;

    /// <summary>Encodes sums.</summary>
    public static byte[] Encode(GroupSums sums)
    {
        var to = new PayloadWriter(96);
        Write(to, sums);
        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static GroupSums Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "group's sums");
        return Read(ref from);
    }

    /// <summary>Writes sums within a larger payload.</summary>
    public static void Write(PayloadWriter to, GroupSums sums)
    {
        to.Byte(Format);
        to.Int(sums.Units);
        to.Double(sums.Size);
        to.Double(sums.Outcome);
        to.Double(sums.Covariate);
        to.Double(sums.SizeSize);
        to.Double(sums.SizeOutcome);
        to.Double(sums.SizeCovariate);
        to.Double(sums.OutcomeOutcome);
        to.Double(sums.OutcomeCovariate);
        to.Double(sums.CovariateCovariate);
    }

    /// <summary>Reads sums within a larger payload.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static GroupSums Read(ref PayloadReader from)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A group's sums have a format that this release does not know: run the release that wrote them, or a newer one.");
        }

        return new(
            from.Int(), from.Double(), from.Double(), from.Double(), from.Double(), from.Double(), from.Double(), from.Double(), from.Double(), from.Double());
    }
}
