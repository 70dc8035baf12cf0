using System.Numerics;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>The layout of an enrolment inside a learner's snapshot.</summary>
internal static class EnrolmentCodec
{
    public static void Write(PayloadWriter to, EnrolmentState enrolment)
    {
        to.Text(enrolment.Course.Value);
        to.Int(enrolment.EnrolledAtMs);
        to.Int(enrolment.LastActivityAtMs);
        to.UInt((uint)enrolment.Changes.Count);
        foreach (var change in enrolment.Changes)
        {
            WriteOrder(to, change.Order);
            to.Bool(change.Enrols);
        }

        WriteCounts(to, enrolment.KindCounts);
        WriteCounts(to, enrolment.FamilyCounts);
        WriteDays(to, enrolment.ActiveDays);
        WriteDays(to, enrolment.CheckInDays);
        to.Int(enrolment.Recent.AsOfMs);
        foreach (var count in enrolment.Recent.Counts)
        {
            to.Double(count);
        }

        to.UInt((uint)enrolment.Lessons.Count);
        foreach (var lesson in enrolment.Lessons)
        {
            WriteLesson(to, lesson);
        }

        to.UInt((uint)enrolment.Assessments.Count);
        foreach (var assessment in enrolment.Assessments)
        {
            WriteAssessment(to, assessment);
        }

        to.UInt((uint)enrolment.Reactions.Count);
        foreach (var reaction in enrolment.Reactions)
        {
            WriteReaction(to, reaction);
        }

        to.Int(enrolment.SeeksBack);
        to.Int(enrolment.SpeedWeightedMs);
        to.Int(enrolment.Sessions);
        to.Int(enrolment.SessionMs);
        to.Int(enrolment.SessionEventAtMs);
        to.Bool(enrolment.SessionId is not null);
        if (enrolment.SessionId is not null)
        {
            to.Text(enrolment.SessionId);
        }

        to.Int(enrolment.CompletedAtMs);
        to.Float(enrolment.Probability);
        to.Int(enrolment.EvaluatedAtMs);
        to.Int(enrolment.ChangedAtSequence);
        to.Int(enrolment.FirstPromotedAtMs);
        to.Int(enrolment.PromotedAtMs);
        to.Int(enrolment.InteractedAtMs);
        to.Byte((byte)enrolment.Band);
        CheckInCodec.Write(to, enrolment.CheckIns);
    }

    /// <summary>Reads an enrolment of a snapshot's format.</summary>
    /// <remarks>
    /// The first one does not say when the course was promoted or the learner interacted, and has no bands; the second one has check-ins by UTC days only, which become the
    /// learner's own days, without their proofs.
    /// </remarks>
    public static EnrolmentState Read(ref PayloadReader from, byte format)
    {
        var enrolment = new EnrolmentState(new CourseId(from.Text())) { EnrolledAtMs = from.Int(), LastActivityAtMs = from.Int() };
        for (var left = from.Count(); left > 0; left--)
        {
            enrolment.Changes.Add(new(ReadOrder(ref from), from.Bool()));
        }

        ReadCounts(ref from, enrolment.KindCounts);
        ReadCounts(ref from, enrolment.FamilyCounts);
        enrolment.ActiveDays = ReadDays(ref from);
        enrolment.CheckInDays = ReadDays(ref from);
        enrolment.Recent.AsOfMs = from.Int();
        foreach (ref var count in enrolment.Recent.Counts)
        {
            count = from.Double();
        }

        for (var left = from.Count(); left > 0; left--)
        {
            var lesson = ReadLesson(ref from);
            enrolment.Lessons.Add(lesson);
            enrolment.UniqueMs += lesson.Coverage.LengthMs;
            enrolment.WatchedMs += lesson.WatchedMs;
        }

        for (var left = from.Count(); left > 0; left--)
        {
            enrolment.Assessments.Add(ReadAssessment(ref from));
        }

        for (var left = from.Count(); left > 0; left--)
        {
            enrolment.Reactions.Add(ReadReaction(ref from));
        }

        enrolment.SeeksBack = from.Int();
        enrolment.SpeedWeightedMs = from.Int();
        enrolment.Sessions = from.Int();
        enrolment.SessionMs = from.Int();
        enrolment.SessionEventAtMs = from.Int();
        enrolment.SessionId = from.Bool() ? from.Text() : null;
        enrolment.CompletedAtMs = from.Int();
        enrolment.Probability = from.Float();
        enrolment.EvaluatedAtMs = from.Int();
        enrolment.ChangedAtSequence = from.Int();
        if (format > 1)
        {
            enrolment.FirstPromotedAtMs = from.Int();
            enrolment.PromotedAtMs = from.Int();
            enrolment.InteractedAtMs = from.Int();
            enrolment.Band = (CompletionBand)from.Byte();
        }

        enrolment.CheckIns = format > 2 ? CheckInCodec.Read(ref from) : CheckInsOn(enrolment.CheckInDays);

        return enrolment;
    }

    private static CheckInState CheckInsOn(in DaySet days)
    {
        var state = default(CheckInState);
        for (var i = 0; i < days.Words.Length; i++)
        {
            for (var left = days.Words[i]; left != 0; left &= left - 1)
            {
                state.Put(new CheckInDay(((days.FirstWord + i) * 64) + BitOperations.TrailingZeroCount(left)).CheckIn());
            }
        }

        return state;
    }

    private static void WriteOrder(PayloadWriter to, EventOrder order)
    {
        to.Int(order.OccurredAtMs);
        to.Fixed128(order.Identity);
    }

    private static EventOrder ReadOrder(ref PayloadReader from) => new(from.Int(), from.Fixed128());

    // A later release may count more kinds: the number of counts goes with them.
    private static void WriteCounts(PayloadWriter to, ReadOnlySpan<long> counts)
    {
        to.UInt((uint)counts.Length);
        foreach (var count in counts)
        {
            to.UInt((ulong)count);
        }
    }

    private static void ReadCounts(ref PayloadReader from, Span<long> counts)
    {
        var stored = from.Count();
        if (stored > counts.Length)
        {
            throw new StoreCorruptException("A learner snapshot counts kinds that this release does not know: run the release that wrote it, or a newer one.");
        }

        for (var i = 0; i < stored; i++)
        {
            counts[i] = (long)from.UInt();
        }
    }

    private static void WriteDays(PayloadWriter to, in DaySet days)
    {
        to.UInt((uint)days.Words.Length);
        to.UInt((uint)days.FirstWord);
        foreach (var word in days.Words)
        {
            to.Fixed64(word);
        }
    }

    private static DaySet ReadDays(ref PayloadReader from)
    {
        var words = new ulong[from.Count()];
        var firstWord = (int)from.UInt();
        for (var i = 0; i < words.Length; i++)
        {
            words[i] = from.Fixed64();
        }

        return DaySet.Restore(firstWord, words);
    }

    private static void WriteLesson(PayloadWriter to, LessonState lesson)
    {
        to.Text(lesson.Id);
        to.Int(lesson.FirstAtMs);
        to.Int(lesson.WatchedMs);
        to.Int(lesson.ReportedCompleted ? lesson.ReportedAtMs : 0);
        lesson.Coverage.Write(to);
    }

    private static LessonState ReadLesson(ref PayloadReader from)
    {
        var lesson = new LessonState(from.Text())
        {
            FirstAtMs = from.Int(),
            WatchedMs = from.Int(),
            ReportedAtMs = from.Int() is var reportedAtMs and not 0 ? reportedAtMs : long.MaxValue,
        };
        lesson.LastAtMs = lesson.FirstAtMs;
        lesson.Coverage = Coverage.Read(ref from);
        return lesson;
    }

    private static void WriteAssessment(PayloadWriter to, AssessmentState assessment)
    {
        to.Text(assessment.Id);
        to.UInt((uint)assessment.Submissions);
        to.Int(assessment.FirstAtMs);
        WriteOrder(to, assessment.Latest);
        to.UInt((uint)assessment.LatestScorePpm);
        to.UInt((uint)assessment.BestScorePpm);
        to.Int(assessment.DueAtMs);
        WriteOrder(to, assessment.DueSetBy);
    }

    private static AssessmentState ReadAssessment(ref PayloadReader from) => new(from.Text())
    {
        Submissions = (int)from.UInt(),
        FirstAtMs = from.Int(),
        Latest = ReadOrder(ref from),
        LatestScorePpm = (int)from.UInt(),
        BestScorePpm = (int)from.UInt(),
        DueAtMs = from.Int(),
        DueSetBy = ReadOrder(ref from),
    };

    private static void WriteReaction(PayloadWriter to, ReactionState reaction)
    {
        to.Text(reaction.Id);
        WriteOrder(to, reaction.LikeSetBy);
        to.Bool(reaction.Liked);
        to.Bool(reaction.Bookmarked);
        WriteOrder(to, reaction.StarsSetBy);
        to.UInt((uint)reaction.StarsMilli);
    }

    private static ReactionState ReadReaction(ref PayloadReader from) => new(from.Text())
    {
        LikeSetBy = ReadOrder(ref from),
        Liked = from.Bool(),
        Bookmarked = from.Bool(),
        StarsSetBy = ReadOrder(ref from),
        StarsMilli = (int)from.UInt(),
    };
}
