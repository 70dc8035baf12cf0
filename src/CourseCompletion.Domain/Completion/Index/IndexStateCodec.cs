using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The layout of what a tenant remembers for the completion index. At most about 1.2 MB, with 1,024 courses of ids of 64 bytes.</summary>
public static class IndexStateCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a state.</summary>
    public static byte[] Encode(IndexState state)
    {
        var to = new PayloadWriter(4096);
        to.Byte(Format);
        to.Int(state.AsOfMs);
        WindowSumsCodec.WriteSample(to, state.ActiveLearners);
        to.UInt((uint)state.Courses.Count);
        foreach (var (course, track) in state.Courses)
        {
            to.Text(course);
            WriteTrack(to, track);
        }

        to.Int(state.Fit.AsOfMs);
        to.Double(state.Fit.SlopeCourseVariance);
        to.Double(state.Fit.FullCourseVariance);
        WriteEvidence(to, state.Fit.Slope);
        WriteEvidence(to, state.Fit.Full);
        return to.Finish();
    }

    /// <summary>Decodes a state.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static IndexState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "completion index");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A completion index has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var state = new IndexState { AsOfMs = from.Int(), ActiveLearners = WindowSumsCodec.ReadSample(ref from) };
        for (var left = from.Count(); left > 0; left--)
        {
            state.Courses.Add(from.Text(), ReadTrack(ref from));
        }

        state.Fit.AsOfMs = from.Int();
        state.Fit.SlopeCourseVariance = from.Double();
        state.Fit.FullCourseVariance = from.Double();
        ReadEvidence(ref from, state.Fit.Slope);
        ReadEvidence(ref from, state.Fit.Full);
        return state;
    }

    private static void WriteTrack(PayloadWriter to, CourseTrack track)
    {
        to.Int(track.HeardAtMs);
        to.Fixed64(track.HashBelow);
        to.Int(track.LearnedCohort);
        WriteCounts(to, track.Counts);
        to.UInt((uint)track.Looks.Count);
        foreach (var look in track.Looks)
        {
            to.Int(look.AtMs);
            WriteCounts(to, look.Counts);
        }
    }

    private static CourseTrack ReadTrack(ref PayloadReader from)
    {
        var track = new CourseTrack { HeardAtMs = from.Int(), HashBelow = from.Fixed64(), LearnedCohort = from.Int(), Counts = ReadCounts(ref from) };
        for (var left = from.Count(); left > 0; left--)
        {
            track.Looks.Add(new(from.Int(), ReadCounts(ref from)));
        }

        return track;
    }

    private static void WriteCounts(PayloadWriter to, in IndexCounts counts)
    {
        WindowSumsCodec.WriteCount(to, counts.Recommended);
        WindowSumsCodec.WriteCount(to, counts.Interacting);
        WindowSumsCodec.WriteCount(to, counts.Promoted);
    }

    private static IndexCounts ReadCounts(ref PayloadReader from) =>
        new(WindowSumsCodec.ReadCount(ref from), WindowSumsCodec.ReadCount(ref from), WindowSumsCodec.ReadCount(ref from));

    private static void WriteEvidence(PayloadWriter to, PooledLogitEvidence evidence)
    {
        to.Double(evidence.Learners);
        WriteNumbers(to, evidence.Information);
        WriteNumbers(to, evidence.Pull);
        WriteNumbers(to, evidence.TermSums);
        WriteNumbers(to, evidence.TermSquares);
        to.UInt((uint)evidence.Courses.Count);
        foreach (var (course, level) in evidence.Courses)
        {
            to.Text(course);
            WriteNumbers(to, level.Cross);
            to.Double(level.Information);
            to.Double(level.Pull);
        }
    }

    private static void ReadEvidence(ref PayloadReader from, PooledLogitEvidence evidence)
    {
        evidence.Learners = from.Double();
        ReadNumbers(ref from, evidence.Information);
        ReadNumbers(ref from, evidence.Pull);
        ReadNumbers(ref from, evidence.TermSums);
        ReadNumbers(ref from, evidence.TermSquares);
        for (var left = from.Count(); left > 0; left--)
        {
            var course = from.Text();
            var level = new CourseEvidence(evidence.Count);
            ReadNumbers(ref from, level.Cross);
            level.Information = from.Double();
            level.Pull = from.Double();
            evidence.Courses.Add(course, level);
        }
    }

    private static void WriteNumbers(PayloadWriter to, double[] numbers)
    {
        foreach (var number in numbers)
        {
            to.Double(number);
        }
    }

    private static void ReadNumbers(ref PayloadReader from, double[] numbers)
    {
        foreach (ref var number in numbers.AsSpan())
        {
            number = from.Double();
        }
    }
}
