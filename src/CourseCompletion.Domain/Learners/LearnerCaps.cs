using System.Text;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Domain.Learners;

/// <summary>What keeps a learner's state small: a cap on each collection and one on the whole.</summary>
internal static class LearnerCaps
{
    // Bytes of the snapshot that one more of each costs at most, besides its id: counts up to 2 million of a kind, times up to the year 9999.
    internal const int IntervalBytes = 9;
    internal const int DayWordBytes = 9;
    internal const int ChangeBytes = 26;
    internal const int DedupeDayBytes = 7;
    internal const int ContactBytes = 21;
    internal const int BandBytes = 1;

    // Check-ins by the learner's own days, and the count of one more kind.
    internal const int CheckInBytes = CheckInCodec.EmptyBytes + 3;

    // A lesson's place, and how long after its first touch it was touched last, up to the year 9999; and the place and counts of the first such in an enrolment.
    internal const int LastTimeBytes = 13;

    internal static int EnrolmentBytes(CourseId course) => 472 + ContactBytes + BandBytes + CheckInBytes + Encoding.UTF8.GetByteCount(course.Value);

    internal static int SourceBytes(string source) => 16 + Encoding.UTF8.GetByteCount(source);

    internal static int LessonBytes(string lesson) => 36 + Encoding.UTF8.GetByteCount(lesson);

    internal static int AssessmentBytes(string assessment) => 90 + Encoding.UTF8.GetByteCount(assessment);

    internal static int ReactionBytes(string reaction) => 62 + Encoding.UTF8.GetByteCount(reaction);

    internal static int SessionBytes(string? session) => session is null ? 0 : 2 + Encoding.UTF8.GetByteCount(session);

    /// <summary>Whether there is room for what an event would add; null when there is.</summary>
    internal static Rejection? Check(LearnerState state, LearnerEvent e, LearnerPolicy policy)
    {
        var enrolment = state.FindEnrolment(e.Course);
        if (enrolment is null && state.Enrolments.Count >= policy.EnrolmentsMax)
        {
            return Full("course_id", $"This learner already has {policy.EnrolmentsMax} courses.");
        }

        if (enrolment is null && TasteRules.IsRecommendation(e) && ProspectsOf(state) >= RecommendationPolicy.Default.ProspectsMax)
        {
            return Full("course_id", $"{RecommendationPolicy.Default.ProspectsMax} courses were shown to this learner and not taken: the rest of the room is for courses that are.");
        }

        var source = state.FindSource(e.Source);
        var grownBy = (source is null ? SourceBytes(e.Source) : 0)
            + (source?.FindDay(LearnerTime.DayOf(e.ProducedAtMs)) is null ? DedupeDayBytes : 0)
            + (enrolment is null ? EnrolmentBytes(e.Course) : 0)
            + (LearnerEventRules.IsActivity(e.Kind) ? ActivityBytes(enrolment, e) : 0)
            + LessonTalk.BytesAdded(enrolment, e)
            + TasteRules.BytesAdded(state, enrolment, e)
            + CheckInRules.BytesAdded(enrolment is null ? default : enrolment.CheckIns, e, state.Clock);

        if (e.Note is not null)
        {
            grownBy += EnrolmentComments.BytesAddedMax(enrolment?.Comments, e);
        }

        if (EnrolmentRules.LessonOf(e) is { } lessonId)
        {
            var lesson = enrolment?.FindLesson(lessonId);
            if (lesson is null)
            {
                if (enrolment?.Lessons.Count >= policy.LessonsMax)
                {
                    return Full("lesson_id", $"This enrolment already has {policy.LessonsMax} lessons.");
                }

                grownBy += LessonBytes(lessonId);
            }
            else if (lesson.LastAtMs == lesson.FirstAtMs && e.OccurredAtMs != lesson.FirstAtMs)
            {
                grownBy += LastTimeBytes;
            }

            grownBy += LessonTraces.BytesAdded(lesson?.Traces, e, lesson is null ? default : lesson.Coverage);
            if (e.Kind == EventKind.VideoWatched)
            {
                var intervals = lesson?.Coverage.IntervalCountWith(e.FromMs, e.ToMs) ?? 1;
                if (intervals > policy.IntervalsMax)
                {
                    return Full("video_watched.from", $"This lesson already has {policy.IntervalsMax} separate watched intervals: report longer ones.");
                }

                // Fewer when the event joins some: then it may even make room.
                grownBy += (intervals - (lesson?.Coverage.IntervalCount ?? 0)) * IntervalBytes;
            }
        }

        if (EnrolmentRules.ReactionOf(e) is { } reactionId && enrolment?.FindReaction(reactionId) is null)
        {
            if (enrolment?.Reactions.Count >= policy.ReactionsMax)
            {
                return Full("object_id", $"This enrolment already has reactions to {policy.ReactionsMax} objects.");
            }

            grownBy += ReactionBytes(reactionId);
        }

        if (e.Kind == EventKind.AssessmentSubmitted && enrolment?.FindAssessment(e.ObjectId!) is null)
        {
            if (enrolment?.Assessments.Count >= policy.AssessmentsMax)
            {
                return Full("object_id", $"This enrolment already has {policy.AssessmentsMax} assessments.");
            }

            grownBy += AssessmentBytes(e.ObjectId!);
        }

        if (e.Kind is EventKind.Enrolled or EventKind.Withdrew)
        {
            if (enrolment?.Changes.Count >= policy.EnrolmentChangesMax)
            {
                return Full("body", $"This enrolment already changed {policy.EnrolmentChangesMax} times.");
            }

            grownBy += ChangeBytes;
        }

        return state.StateBytes + grownBy > policy.StateBytesMax
            ? Full("learner_id", $"This learner's state has reached {policy.StateBytesMax} bytes.")
            : null;
    }

    private static int ProspectsOf(LearnerState state)
    {
        var prospects = 0;
        foreach (var enrolment in state.Enrolments)
        {
            prospects += enrolment.IsEnrolled ? 0 : 1;
        }

        return prospects;
    }

    // What any activity may add: days, and the id of another session.
    private static int ActivityBytes(EnrolmentState? enrolment, LearnerEvent e)
    {
        var day = LearnerTime.DayOf(e.OccurredAtMs);
        var checksIn = e.Kind == EventKind.CheckedIn;
        var words = enrolment is null
            ? (checksIn ? 2 : 1)
            : WordsAdded(enrolment.ActiveDays, day) + (checksIn ? WordsAdded(enrolment.CheckInDays, day) : 0);
        var session = e.Session is null || e.Session == enrolment?.SessionId ? 0 : SessionBytes(e.Session) - SessionBytes(enrolment?.SessionId);
        return (words * DayWordBytes) + Math.Max(0, session);
    }

    private static int WordsAdded(in DaySet days, int day) => days.WordCountWith(day) - days.Words.Length;

    private static Rejection Full(string field, string message) => new(RejectionReason.LimitExceeded, field, message);
}
