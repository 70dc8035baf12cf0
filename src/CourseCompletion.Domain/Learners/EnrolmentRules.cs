using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.LocalTime;

namespace CourseCompletion.Domain.Learners;

/// <summary>How one event changes one enrolment's facts and features, in constant time.</summary>
public static class EnrolmentRules
{
    /// <summary>The lesson that an event touches, or null.</summary>
    internal static string? LessonOf(LearnerEvent e) => e.Kind switch
    {
        >= EventKind.VideoPlayed and <= EventKind.VideoEnded => e.Lesson,
        EventKind.LessonCompleted => e.Lesson,
        _ => null,
    };

    /// <summary>The object that an event reacts to (empty for the course itself), or null.</summary>
    internal static string? ReactionOf(LearnerEvent e) =>
        e.Kind is EventKind.Liked or EventKind.Unliked or EventKind.Bookmarked or EventKind.Rated ? e.ObjectId ?? e.Lesson ?? "" : null;

    /// <summary>Folds one event; tells by how many bytes the snapshot grew.</summary>
    internal static int Fold(EnrolmentState enrolment, LearnerEvent e, EventOrder order, LearnerPolicy policy, LearnerClock clock)
    {
        enrolment.KindCounts[(int)e.Kind]++;
        var grownBy = 0;
        if (LearnerEventRules.IsActivity(e.Kind))
        {
            grownBy += FoldActivity(enrolment, e, policy);
        }

        if (LearnerEventRules.IsInteraction(e))
        {
            enrolment.InteractedAtMs = Math.Max(enrolment.InteractedAtMs, e.OccurredAtMs);
        }
        else if (LearnerEventRules.IsPromotion(e.Kind))
        {
            enrolment.FirstPromotedAtMs = enrolment.FirstPromotedAtMs == 0 ? e.OccurredAtMs : Math.Min(enrolment.FirstPromotedAtMs, e.OccurredAtMs);
            enrolment.PromotedAtMs = Math.Max(enrolment.PromotedAtMs, e.OccurredAtMs);
        }

        if (e.Note is not null)
        {
            grownBy += FoldComment(enrolment, e, order);
        }

        if (LessonTalk.IsOne(e))
        {
            grownBy += LessonTalk.Fold(enrolment, e);
        }

        return grownBy + e.Kind switch
        {
            EventKind.Enrolled or EventKind.Withdrew => FoldChange(enrolment, order, e.Kind == EventKind.Enrolled),
            EventKind.AssessmentSubmitted => FoldAssessment(enrolment, e, order, clock),
            EventKind.CheckedIn => FoldCheckIn(enrolment, e, clock),
            EventKind.CheckInMadeUp => CheckInRules.Fold(ref enrolment.CheckIns, e, 0, clock),
            EventKind.Liked or EventKind.Unliked or EventKind.Bookmarked or EventKind.Rated => FoldReaction(enrolment, e, order),
            _ => LessonOf(e) is { } lessonId ? FoldLesson(enrolment, e, lessonId, clock) : 0,
        };
    }

    private static int FoldComment(EnrolmentState enrolment, LearnerEvent e, EventOrder order)
    {
        var bytes = enrolment.Comments?.Bytes ?? 0;
        enrolment.Comments ??= new();
        enrolment.Comments.Fold(e, order);
        return enrolment.Comments.Bytes - bytes;
    }

    private static int FoldActivity(EnrolmentState enrolment, LearnerEvent e, LearnerPolicy policy)
    {
        enrolment.EnrolledAtMs = Math.Min(enrolment.EnrolledAtMs, e.OccurredAtMs);
        enrolment.LastActivityAtMs = Math.Max(enrolment.LastActivityAtMs, e.OccurredAtMs);
        var weight = 1L;
        if (e.Kind == EventKind.ActivityRecorded)
        {
            weight = e.Count;
            enrolment.FamilyCounts[(int)e.Family] += e.Count;
        }

        enrolment.Recent.Add(FamilyOf(e), weight, e.OccurredAtMs);
        var grownBy = FoldSession(enrolment, e, policy);
        var words = enrolment.ActiveDays.Words.Length;
        enrolment.ActiveDays.Add(LearnerTime.DayOf(e.OccurredAtMs));
        return grownBy + ((enrolment.ActiveDays.Words.Length - words) * LearnerCaps.DayWordBytes);
    }

    private static DecayFamily FamilyOf(LearnerEvent e) => e.Kind switch
    {
        >= EventKind.VideoPlayed and <= EventKind.VideoEnded => DecayFamily.Video,
        EventKind.AssessmentSubmitted or EventKind.LessonCompleted => DecayFamily.Problem,
        EventKind.Commented or EventKind.QuestionAsked or EventKind.QuestionAnswered or EventKind.AnswerAccepted
            or EventKind.LiveJoined or EventKind.LiveLeft => DecayFamily.Discussion,
        EventKind.SessionStarted => DecayFamily.Navigation,
        EventKind.ActivityRecorded => e.Family switch
        {
            ActivityFamily.Video => DecayFamily.Video,
            ActivityFamily.Problem or ActivityFamily.Quiz => DecayFamily.Problem,
            ActivityFamily.Discussion or ActivityFamily.Wiki => DecayFamily.Discussion,
            ActivityFamily.Other => DecayFamily.Any,
            _ => DecayFamily.Navigation,
        },
        _ => DecayFamily.Social,
    };

    // Sessions follow the order of arrival; an event older than the newest one cannot be placed in them and is left out.
    private static int FoldSession(EnrolmentState enrolment, LearnerEvent e, LearnerPolicy policy)
    {
        var elapsedMs = e.OccurredAtMs - enrolment.SessionEventAtMs;
        if (elapsedMs < 0)
        {
            return 0;
        }

        var before = enrolment.SessionId;
        var begins = enrolment.Sessions == 0
            || e.Kind == EventKind.SessionStarted
            || elapsedMs > policy.SessionPauseMs
            || (e.Session is not null && enrolment.SessionId is not null && e.Session != enrolment.SessionId);
        if (begins)
        {
            enrolment.Sessions++;
            enrolment.SessionId = e.Session;
        }
        else
        {
            enrolment.SessionMs += elapsedMs;
            enrolment.SessionId ??= e.Session;
        }

        enrolment.SessionEventAtMs = e.OccurredAtMs;
        return before == enrolment.SessionId ? 0 : LearnerCaps.SessionBytes(enrolment.SessionId) - LearnerCaps.SessionBytes(before);
    }

    private static int FoldChange(EnrolmentState enrolment, EventOrder order, bool enrols)
    {
        if (enrols)
        {
            enrolment.EnrolledAtMs = Math.Min(enrolment.EnrolledAtMs, order.OccurredAtMs);
        }

        var at = enrolment.Changes.Count;
        while (at > 0 && enrolment.Changes[at - 1].Order > order)
        {
            at--;
        }

        enrolment.Changes.Insert(at, new(order, enrols));
        return LearnerCaps.ChangeBytes;
    }

    private static int FoldCheckIn(EnrolmentState enrolment, LearnerEvent e, LearnerClock clock)
    {
        var words = enrolment.CheckInDays.Words.Length;
        enrolment.CheckInDays.Add(LearnerTime.DayOf(e.OccurredAtMs));
        return ((enrolment.CheckInDays.Words.Length - words) * LearnerCaps.DayWordBytes) + CheckInRules.Fold(ref enrolment.CheckIns, e, 0, clock);
    }

    private static int FoldLesson(EnrolmentState enrolment, LearnerEvent e, string lessonId, LearnerClock clock)
    {
        var grownBy = 0;
        var lesson = enrolment.FindLesson(lessonId);
        if (lesson is null)
        {
            lesson = new LessonState(lessonId);
            enrolment.Lessons.Add(lesson);
            grownBy = LearnerCaps.LessonBytes(lessonId);
        }

        enrolment.Derived.Touch(lessonId);
        var wasTouchedAgain = lesson.IsTouchedAgain;
        lesson.FirstAtMs = Math.Min(lesson.FirstAtMs, e.OccurredAtMs);
        lesson.LastAtMs = Math.Max(lesson.LastAtMs, e.OccurredAtMs);
        grownBy += wasTouchedAgain == lesson.IsTouchedAgain ? 0 : LearnerCaps.LastTimeBytes;
        grownBy += FoldTraces(lesson, e);
        switch (e.Kind)
        {
            case EventKind.VideoWatched:
                var intervals = lesson.Coverage.IntervalCount;
                var newlyCoveredMs = lesson.Coverage.Add(e.FromMs, e.ToMs);
                enrolment.UniqueMs += newlyCoveredMs;
                grownBy += CheckInRules.Fold(ref enrolment.CheckIns, e, newlyCoveredMs, clock);
                grownBy += (lesson.Coverage.IntervalCount - intervals) * LearnerCaps.IntervalBytes;
                lesson.WatchedMs += e.ToMs - e.FromMs;
                enrolment.WatchedMs += e.ToMs - e.FromMs;
                enrolment.SpeedWeightedMs += (e.ToMs - e.FromMs) * (long)Math.Round(e.Speed * 1000);
                break;
            case EventKind.VideoSeeked when e.ToMs < e.FromMs:
                enrolment.SeeksBack++;
                break;
            case EventKind.LessonCompleted:
                lesson.ReportedAtMs = Math.Min(lesson.ReportedAtMs, e.OccurredAtMs);
                break;
        }

        return grownBy;
    }

    // Before the event's own interval counts as watched.
    private static int FoldTraces(LessonState lesson, LearnerEvent e)
    {
        if (!LessonTraces.IsLeftBy(e, lesson.Coverage))
        {
            return 0;
        }

        var bytes = lesson.Traces?.Bytes ?? 0;
        lesson.Traces ??= new();
        lesson.Traces.Fold(e, lesson.Coverage);
        return lesson.Traces.Bytes - bytes;
    }

    private static int FoldAssessment(EnrolmentState enrolment, LearnerEvent e, EventOrder order, LearnerClock clock)
    {
        var grownBy = CheckInRules.Fold(ref enrolment.CheckIns, e, 0, clock);
        var assessment = enrolment.FindAssessment(e.ObjectId!);
        if (assessment is null)
        {
            assessment = new AssessmentState(e.ObjectId!);
            enrolment.Assessments.Add(assessment);
            grownBy += LearnerCaps.AssessmentBytes(e.ObjectId!);
        }

        enrolment.Derived.Touch(e.ObjectId!);
        var scorePpm = (int)Math.Round(e.Value / e.MaxValue * AssessmentState.FullScorePpm);
        assessment.Submissions++;
        assessment.FirstAtMs = Math.Min(assessment.FirstAtMs, e.OccurredAtMs);
        assessment.BestScorePpm = Math.Max(assessment.BestScorePpm, scorePpm);
        if (order > assessment.Latest)
        {
            assessment.Latest = order;
            assessment.LatestScorePpm = scorePpm;
        }

        if (e.DueAtMs is { } due && order > assessment.DueSetBy)
        {
            assessment.DueSetBy = order;
            assessment.DueAtMs = due;
        }

        return grownBy;
    }

    private static int FoldReaction(EnrolmentState enrolment, LearnerEvent e, EventOrder order)
    {
        var grownBy = 0;
        var id = ReactionOf(e)!;
        var reaction = enrolment.FindReaction(id);
        if (reaction is null)
        {
            reaction = new ReactionState(id);
            enrolment.Reactions.Add(reaction);
            grownBy = LearnerCaps.ReactionBytes(id);
        }

        switch (e.Kind)
        {
            case EventKind.Liked or EventKind.Unliked when order > reaction.LikeSetBy:
                reaction.LikeSetBy = order;
                reaction.Liked = e.Kind == EventKind.Liked;
                break;
            case EventKind.Bookmarked:
                reaction.Bookmarked = true;
                break;
            case EventKind.Rated when order > reaction.StarsSetBy:
                reaction.StarsSetBy = order;
                reaction.StarsMilli = (int)Math.Round(e.Value * 1000);
                break;
        }

        return grownBy;
    }
}
