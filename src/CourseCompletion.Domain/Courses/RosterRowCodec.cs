using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Courses;

/// <summary>The layout of a roster row, in store and between silos; in store with the prediction that waits for its label.</summary>
/// <remarks>About 0.4 KB, and 10 to 25 bytes more a lesson: a fully watched or untouched retention curve takes no bytes, any other 16.</remarks>
public static class RosterRowCodec
{
    private const byte Format = 5;
    private const byte FormatWithoutReminders = 4;
    private const byte FormatWithoutReach = 3;
    private const byte MarksAddition = 1;
    private const byte CommentsAddition = 2;
    private const byte RatingsAddition = 4;
    private const byte ContentmentAddition = 5;
    private const int NoHour = 24;
    private const int CompletedFlag = 1;
    private const int ReachShift = 1;
    private const int StartedFlag = 8;
    private const int DefinedFlag = 16;
    private static readonly UInt128 _allReached = (UInt128.One << LessonSums.PositionCount) - 1;

    /// <summary>Encodes a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pending">The enrolment's prediction that waits for its label; null for none.</param>
    public static byte[] Encode(RosterRow row, PendingPrediction? pending = null)
    {
        var to = new PayloadWriter(512 + (row.Lessons.Length * 32));
        to.Byte(Format);
        to.Text(row.Learner.Value);
        to.Int(row.Version.Incarnation);
        to.Int(row.Version.Sequence);
        to.Int(row.Version.DefinitionVersion);
        to.Byte((byte)row.Status);
        to.Int(row.EnrolledAtMs);
        to.Int(row.LastActivityAtMs);
        to.Fixed64(row.ActiveMask);
        to.Float(row.Progress);
        to.Float(row.Probability);
        to.Int(row.EvaluatedAtMs);
        to.Int(row.FirstPromotedAtMs);
        to.Int(row.PromotedAtMs);
        to.Int(row.InteractedAtMs);
        to.Int(row.LearnerActiveAtMs);
        to.Byte((byte)row.Band);
        WriteCounts(to, row.Counts);
        to.UInt((uint)row.Lessons.Length);
        foreach (var lesson in row.Lessons)
        {
            to.Text(lesson.Lesson);
            var reach = lesson.Reached == 0 ? 0 : lesson.Reached == _allReached ? 1 : 2;
            to.Byte((byte)((lesson.Completed ? CompletedFlag : 0) | (reach << ReachShift) | (lesson.Started ? StartedFlag : 0) | (lesson.Defined ? DefinedFlag : 0)));
            to.Int(lesson.KnownUniqueMs);
            if (reach == 2)
            {
                to.Fixed128(lesson.Reached);
            }
        }

        to.UInt((uint)row.Features.Length);
        foreach (var feature in row.Features)
        {
            to.Float(feature);
        }

        WritePending(to, pending);
        WriteReach(to, row.Reach);

        // Additions: earlier releases leave them unread, and know a row without them.
        if (row.Lessons.Any(lesson => lesson.Marks is not null))
        {
            to.Byte(MarksAddition);
            WriteMarks(to, row.Lessons);
        }

        if (row.Comments is { } comments)
        {
            to.Byte(CommentsAddition);
            comments.Write(to);
        }

        if (row.Ratings is { } ratings)
        {
            to.Byte(RatingsAddition);
            ratings.Write(to);
        }

        // After all that earlier releases read: they stop at the first addition that they do not know.
        if (row.Comments is { } contentment)
        {
            to.Byte(ContentmentAddition);
            contentment.WriteContentment(to);
        }

        return to.Finish();
    }

    /// <summary>Decodes a row.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static RosterRow Decode(ReadOnlySpan<byte> payload) => Decode(payload, out _);

    /// <summary>Decodes a row and the prediction stored with it.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static RosterRow Decode(ReadOnlySpan<byte> payload, out PendingPrediction? pending)
    {
        var from = PayloadReader.Open(payload, "roster row");
        var format = from.Byte();
        if (format is 0 or > Format)
        {
            throw new StoreCorruptException("A roster row has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var row = new RosterRow
        {
            Learner = new LearnerId(from.Text()),
            Version = new(from.Int(), from.Int(), from.Int()),
            Status = (EnrolmentStatus)from.Byte(),
            EnrolledAtMs = from.Int(),
            LastActivityAtMs = from.Int(),
            ActiveMask = from.Fixed64(),
            Progress = from.Float(),
            Probability = from.Float(),
            EvaluatedAtMs = from.Int(),

            // The first format does not have them: they come with the learner's next row.
            FirstPromotedAtMs = format == 1 ? 0 : from.Int(),
            PromotedAtMs = format == 1 ? 0 : from.Int(),
            InteractedAtMs = format == 1 ? 0 : from.Int(),
            LearnerActiveAtMs = format == 1 ? 0 : from.Int(),
            Band = format == 1 ? CompletionBand.None : (CompletionBand)from.Byte(),
            Counts = ReadCounts(ref from),
            Lessons = ReadLessons(ref from),
            Features = ReadFeatures(ref from),
        };
        pending = format < 3 ? null : ReadPending(ref from);
        row = format > FormatWithoutReach ? row with { Reach = ReadReach(ref from, format) } : row;
        return ReadAdditions(ref from, row);
    }

    internal static void WriteCounts(PayloadWriter to, in RosterCounts counts)
    {
        to.Int(counts.Likes);
        to.Int(counts.Comments);
        to.Int(counts.Shares);
        to.Int(counts.Forwards);
        to.Int(counts.Bookmarks);
        to.Int(counts.Questions);
        to.Int(counts.Answers);
        to.Int(counts.CheckIns);
        to.Int(counts.WatchedMs);
        to.Int(counts.UniqueMs);
        to.Int(counts.Events);
    }

    internal static RosterCounts ReadCounts(ref PayloadReader from) => new(
        from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int(), from.Int());

    private static LessonContribution[] ReadLessons(ref PayloadReader from)
    {
        var lessons = new LessonContribution[from.Count()];
        for (var i = 0; i < lessons.Length; i++)
        {
            var id = from.Text();
            var flags = from.Byte();
            var uniqueMs = from.Int();
            var reached = ((flags >> ReachShift) & 3) switch { 0 => UInt128.Zero, 1 => _allReached, _ => from.Fixed128() };
            lessons[i] = new(id, (flags & DefinedFlag) != 0, (flags & StartedFlag) != 0, (flags & CompletedFlag) != 0, uniqueMs, reached);
        }

        return lessons;
    }

    private static RosterRow ReadAdditions(ref PayloadReader from, RosterRow row)
    {
        while (!from.IsAtEnd)
        {
            switch (from.Byte())
            {
                case MarksAddition:
                    ReadMarks(ref from, row.Lessons);
                    break;
                case CommentsAddition:
                    row = row with { Comments = RosterComments.Read(ref from) };
                    break;
                case ContentmentAddition:
                    row = row with { Comments = row.Comments!.ReadContentment(ref from) };
                    break;
                case RatingsAddition:
                    row = row with { Ratings = RosterRatings.Read(ref from) };
                    break;
                default:
                    return row;
            }
        }

        return row;
    }

    private static void WriteMarks(PayloadWriter to, LessonContribution[] lessons)
    {
        to.UInt((uint)lessons.Count(lesson => lesson.Marks is not null));
        for (var i = 0; i < lessons.Length; i++)
        {
            if (lessons[i].Marks is { } marks)
            {
                to.UInt((uint)i);
                marks.Write(to);
            }
        }
    }

    private static void ReadMarks(ref PayloadReader from, LessonContribution[] lessons)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            var at = (int)from.UInt();
            lessons[at] = lessons[at] with { Marks = LessonMarks.Read(ref from) };
        }
    }

    private static float[] ReadFeatures(ref PayloadReader from)
    {
        var features = new float[CompletionFeatures.Count];
        var stored = from.Count();
        for (var i = 0; i < stored; i++)
        {
            var feature = from.Float();
            if (i < features.Length)
            {
                features[i] = feature;
            }
        }

        return features;
    }

    private static void WriteReach(PayloadWriter to, in RosterReach reach)
    {
        to.Text(reach.TimeZone ?? "");
        to.UInt((uint)reach.DayStartMinutes);
        to.Byte((byte)(reach.BestUtcHour ?? NoHour));
        to.Int(reach.DeferredUntilMs);
        to.OptionalInt(reach.ReminderMinute);
    }

    // The same few zones in every row: kept once.
    private static RosterReach ReadReach(ref PayloadReader from, byte format) => new(
        from.Text() is { Length: > 0 } zone ? string.Intern(zone) : null,
        (int)from.UInt(),
        from.Byte() is var hour && hour < NoHour ? hour : null,
        from.Int(),
        format > FormatWithoutReminders ? (int?)from.OptionalInt() : null);

    private static void WritePending(PayloadWriter to, PendingPrediction? pending)
    {
        to.Byte((byte)(pending is null ? 0 : pending.Proxy is null ? 1 : 2));
        if (pending is not null)
        {
            to.UInt((uint)pending.Week);
            to.UInt((uint)pending.WeekCount);
            WriteTaken(to, pending.Kept);
            if (pending.Proxy is { } proxy)
            {
                WriteTaken(to, proxy);
            }
        }
    }

    private static void WriteTaken(PayloadWriter to, TakenPrediction taken)
    {
        to.UInt((uint)taken.Week);
        to.Int(taken.AtMs);
        to.Byte((byte)(taken.Shadow is null ? 1 : 2));
        WritePrediction(to, taken.Champion);
        if (taken.Shadow is { } shadow)
        {
            WritePrediction(to, shadow);
        }
    }

    private static void WritePrediction(PayloadWriter to, in ModelPrediction prediction)
    {
        to.Text(prediction.Model);
        to.Float(prediction.Logit);
        to.Float(prediction.ServedLogit);
    }

    private static PendingPrediction? ReadPending(ref PayloadReader from)
    {
        var predictions = from.Byte();
        return predictions == 0 ? null : new((int)from.UInt(), (int)from.UInt(), ReadTaken(ref from), predictions == 1 ? null : ReadTaken(ref from));
    }

    private static TakenPrediction ReadTaken(ref PayloadReader from)
    {
        var (week, atMs, models) = ((int)from.UInt(), from.Int(), from.Byte());
        return new(week, atMs, ReadPrediction(ref from), models == 1 ? null : ReadPrediction(ref from));
    }

    // The same few names in every row: kept once.
    private static ModelPrediction ReadPrediction(ref PayloadReader from) => new(string.Intern(from.Text()), from.Float(), from.Float());
}
