using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The layout of window sums between silos.</summary>
public static class WindowSumsCodec
{
    /// <summary>Encodes sums.</summary>
    public static byte[] Encode(WindowSums sums)
    {
        var to = new PayloadWriter(256);
        Write(to, sums);
        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static WindowSums Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "window sums");
        return Read(ref from);
    }

    internal static void Write(PayloadWriter to, WindowSums sums)
    {
        to.Int(sums.AsOfMs);
        to.Int(sums.Active);
        to.Int(sums.Interacting);
        to.Int(sums.Promoted);
        to.Int(sums.PromotedActive);
        to.Int(sums.Successes);
        to.Double(sums.ElapsedSum);
        to.Int(sums.Cohort.EntersFromMs);
        to.Int(sums.Cohort.EntersBeforeMs);
        to.Int(sums.Cohort.StartsAtMs);
        to.Int(sums.Cohort.EndsAtMs);
        WriteCount(to, sums.Outcome);
        WriteSample(to, sums.ActiveLearners);
        WriteSample(to, sums.EarlierLearners);
    }

    internal static WindowSums Read(ref PayloadReader from) => new(
        from.Int(),
        from.Int(),
        from.Int(),
        from.Int(),
        from.Int(),
        from.Int(),
        from.Double(),
        new(from.Int(), from.Int(), from.Int(), from.Int()),
        ReadCount(ref from),
        ReadSample(ref from),
        ReadSample(ref from));

    internal static void WriteCount(PayloadWriter to, RateCount count)
    {
        to.Int(count.Hits);
        to.Int(count.Of);
    }

    internal static RateCount ReadCount(ref PayloadReader from) => new(from.Int(), from.Int());

    internal static void WriteSample(PayloadWriter to, LearnerSample sample)
    {
        to.Fixed64(sample.HashBelow);
        to.UInt((uint)sample.Learners.Count);
        foreach (var learner in sample.Learners)
        {
            to.Fixed64(learner.Hash);
            to.Int(learner.Day);
        }
    }

    internal static LearnerSample ReadSample(ref PayloadReader from)
    {
        var hashBelow = from.Fixed64();
        var learners = new SampledLearner[from.Count()];
        for (var i = 0; i < learners.Length; i++)
        {
            learners[i] = new(from.Fixed64(), (int)from.Int());
        }

        return LearnerSample.Of(learners, hashBelow);
    }
}
