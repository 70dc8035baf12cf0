using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Courses;

/// <summary>The layout of a roster's sums between silos.</summary>
public static class RosterSumsCodec
{
    /// <summary>Encodes sums.</summary>
    public static byte[] Encode(RosterSums sums)
    {
        var to = new PayloadWriter(512 + (sums.Lessons.Count * 256));
        to.Int(sums.Enrolled);
        to.Int(sums.Completed);
        to.Int(sums.Withdrawn);
        RosterRowCodec.WriteCounts(to, sums.Counts);
        WriteLessons(to, sums.Lessons);
        to.Fixed64(sums.Outside.HashBelow);
        WriteLessons(to, sums.Outside.ById);
        to.Int(sums.Timed.AsOfMs);
        to.Int(sums.Timed.ActiveToday);
        to.Int(sums.Timed.Active7Days);
        to.Double(sums.Timed.ProbabilitySum);
        foreach (var bin in sums.Timed.Histogram)
        {
            to.Int(bin);
        }

        to.Double(sums.Timed.ProbabilityVariance);
        to.Double(sums.Timed.ProbabilitySpread);
        foreach (var band in sums.Timed.Bands)
        {
            to.Int(band);
        }

        WindowSumsCodec.Write(to, sums.Window);

        // Silos of earlier releases leave this unread.
        WriteMarks(to, sums.Lessons);
        WriteMarks(to, sums.Outside.ById);
        sums.Comments.Write(to);
        sums.Ratings.Write(to);
        sums.Comments.WriteContentment(to);
        sums.Tones.Write(to);
        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static RosterSums Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "roster sums");
        var sums = new RosterSums
        {
            Enrolled = from.Int(),
            Completed = from.Int(),
            Withdrawn = from.Int(),
            Counts = RosterRowCodec.ReadCounts(ref from),
        };
        ReadLessons(ref from, sums.Lessons);
        sums.Outside.Restore(from.Fixed64());
        ReadLessons(ref from, sums.Outside.ById);
        var (asOfMs, today, sevenDays, probabilities) = (from.Int(), from.Int(), from.Int(), from.Double());
        var histogram = new long[TimedSums.BinCount];
        foreach (ref var bin in histogram.AsSpan())
        {
            bin = from.Int();
        }

        var (variance, spread) = (from.Double(), from.Double());
        var bands = new long[TimedSums.BandCount];
        for (var i = 0; i < bands.Length; i++)
        {
            bands[i] = from.Int();
        }

        sums.Timed = new(asOfMs, today, sevenDays, probabilities, histogram, variance, spread, bands);
        sums.Window = WindowSumsCodec.Read(ref from);
        if (!from.IsAtEnd)
        {
            ReadMarks(ref from, sums.Lessons);
            ReadMarks(ref from, sums.Outside.ById);
        }

        if (!from.IsAtEnd)
        {
            sums.RestoreComments(CommentSums.Read(ref from));
        }

        if (!from.IsAtEnd)
        {
            sums.RestoreRatings(RatingSums.Read(ref from));
        }

        if (!from.IsAtEnd)
        {
            sums.Comments.ReadContentment(ref from);
            sums.Tones.Read(ref from);
        }

        return sums;
    }

    private static void WriteLessons(PayloadWriter to, Dictionary<string, LessonSums> lessons)
    {
        to.UInt((uint)lessons.Count);
        foreach (var (id, lesson) in lessons)
        {
            to.Text(id);
            to.Int(lesson.Started);
            to.Int(lesson.Completed);
            foreach (var reached in lesson.Reached)
            {
                to.Int(reached);
            }
        }
    }

    private static void ReadLessons(ref PayloadReader from, Dictionary<string, LessonSums> lessons)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            var id = from.Text();
            var lesson = new LessonSums { Started = from.Int(), Completed = from.Int() };
            foreach (ref var reached in lesson.Reached.AsSpan())
            {
                reached = from.Int();
            }

            lessons.Add(id, lesson);
        }
    }

    private static void WriteMarks(PayloadWriter to, Dictionary<string, LessonSums> lessons)
    {
        to.UInt((uint)lessons.Values.Count(lesson => lesson.Marks is not null));
        foreach (var (id, lesson) in lessons)
        {
            if (lesson.Marks is { } marks)
            {
                to.Text(id);
                marks.Write(to);
            }
        }
    }

    private static void ReadMarks(ref PayloadReader from, Dictionary<string, LessonSums> lessons)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            lessons[from.Text()].Marks = LessonMarkSums.Read(ref from);
        }
    }
}
