using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>The layout of an <see cref="ArmStatistics"/>: 40 bytes and the id for each arm.</summary>
public static class ArmStatisticsCodec
{
    private const byte Format = 1;

    /// <summary>Encodes statistics.</summary>
    public static byte[] Encode(ArmStatistics statistics)
    {
        var to = new PayloadWriter(64);
        Write(to, statistics);
        return to.Finish();
    }

    /// <summary>Decodes statistics.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static ArmStatistics Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "arms");
        return Read(ref from);
    }

    /// <summary>Writes statistics within a larger payload.</summary>
    public static void Write(PayloadWriter to, ArmStatistics statistics)
    {
        var arms = statistics.Arms.ToList();
        to.Byte(Format);
        to.UInt((uint)arms.Count);
        foreach (var arm in arms)
        {
            var sums = statistics.SumsOf(arm);
            to.Text(arm.Value);
            to.Double(sums.ChosenWeight);
            to.Double(sums.ChosenReward);
            to.Double(sums.ChosenSquares);
            to.Double(sums.OtherWeight);
            to.Double(sums.OtherReward);
        }
    }

    /// <summary>Reads statistics within a larger payload.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static ArmStatistics Read(ref PayloadReader from)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A campaign's arms have a format that this release does not know: run the release that wrote them, or a newer one.");
        }

        var statistics = new ArmStatistics();
        for (var left = from.Count(); left > 0; left--)
        {
            statistics.Add(new(from.Text()), new(from.Double(), from.Double(), from.Double(), from.Double(), from.Double()));
        }

        return statistics;
    }
}
