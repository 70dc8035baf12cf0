using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The layout of a course's C between silos and backends.</summary>
public static class IndexReadingCodec
{
    /// <summary>Encodes a reading.</summary>
    public static byte[] Encode(IndexReading reading)
    {
        var to = new PayloadWriter(1024);
        WriteRate(to, reading.Rates.Recommended);
        WriteRate(to, reading.Rates.Interacting);
        WriteRate(to, reading.Rates.Promoted);
        WriteInterval(to, reading.Index);
        WriteInterval(to, reading.Slope.Probability);
        WriteInterval(to, reading.Slope.Slope);
        to.Bool(reading.Slope.IsIdentified);
        WriteInterval(to, reading.Full.Probability);
        to.Double(reading.Full.Base);
        to.UInt((uint)reading.Full.Contributions.Count);
        foreach (var contribution in reading.Full.Contributions)
        {
            to.Byte((byte)contribution.Term);
            WriteInterval(to, contribution.Logit);
            to.Byte((byte)contribution.Label);
        }

        to.Double(reading.Learners);
        to.Int(reading.Courses);
        return to.Finish();
    }

    /// <summary>Decodes a reading.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static IndexReading Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "completion index reading");
        return new(
            new(ReadRate(ref from), ReadRate(ref from), ReadRate(ref from)),
            ReadInterval(ref from),
            new(ReadInterval(ref from), ReadInterval(ref from), from.Bool()),
            new(ReadInterval(ref from), from.Double(), ReadContributions(ref from)),
            from.Double(),
            (int)from.Int());
    }

    private static TermContribution[] ReadContributions(ref PayloadReader from)
    {
        var contributions = new TermContribution[from.Count()];
        for (var i = 0; i < contributions.Length; i++)
        {
            contributions[i] = new((IndexTerm)from.Byte(), ReadInterval(ref from), (TermLabel)from.Byte());
        }

        return contributions;
    }

    private static void WriteRate(PayloadWriter to, in RateEstimate rate)
    {
        WindowSumsCodec.WriteCount(to, rate.Count);
        to.Double(rate.Mean);
        to.Double(rate.Deviation);
    }

    private static RateEstimate ReadRate(ref PayloadReader from) => new(WindowSumsCodec.ReadCount(ref from), from.Double(), from.Double());

    private static void WriteInterval(PayloadWriter to, in Interval90 interval)
    {
        to.Double(interval.Value);
        to.Double(interval.Low);
        to.Double(interval.High);
    }

    private static Interval90 ReadInterval(ref PayloadReader from) => new(from.Double(), from.Double(), from.Double());
}
