using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Profiles;

/// <summary>How a learner's profile follows from the state and the courses' definitions. Made when it is asked for; nothing of it is stored.</summary>
public static class LearningProfileRules
{
    private static readonly CheckInPlan _everyDay = new();

    /// <summary>The profile as of an instant.</summary>
    /// <param name="state">The learner.</param>
    /// <param name="courses">The definition of each enrolment's course, in the order of the enrolments; null where it is not known.</param>
    /// <param name="nowMs">The instant.</param>
    public static LearningProfile Of(LearnerState state, IReadOnlyList<CourseDefinition?> courses, long nowMs)
    {
        var clips = new ClipTally();
        var records = new List<CourseRecord>(state.Enrolments.Count);
        var (strengths, gaps) = (new List<LessonStrength>(), new List<LessonGap>());
        var (uniqueMs, watchedMs, weightedMs) = (0L, 0L, 0L);
        for (var i = 0; i < state.Enrolments.Count; i++)
        {
            var enrolment = state.Enrolments[i];
            uniqueMs += enrolment.UniqueMs;
            watchedMs += enrolment.WatchedMs;
            weightedMs += enrolment.SpeedWeightedMs;
            if (courses[i] is { } course)
            {
                var lessons = LearnerLesson.AllOf(enrolment, course);
                clips.Add(lessons);
                LessonRules.Note(enrolment, course, lessons, nowMs, strengths, gaps);
                records.Add(RecordOf(state, enrolment, course, lessons, nowMs));
            }
        }

        return new()
        {
            Rhythm = RhythmRules.Of(state, nowMs),
            SessionMs = SessionMsOf(state),
            UniqueMs = uniqueMs,
            RewatchedMs = watchedMs - uniqueMs,
            Speed = watchedMs < LearningProfilePolicy.SpeedMsMin ? null : weightedMs / (1000.0 * watchedMs),
            Clips = clips.ToHabits(),
            Contentment = ContentmentOf(state, nowMs),
            Courses = [.. records],
            Strengths = LessonRules.Strongest(strengths),
            Gaps = LessonRules.MostSevere(gaps),
        };
    }

    /// <summary>The mean length of a learner's sessions in milliseconds; null under the minimum.</summary>
    internal static long? SessionMsOf(LearnerState state)
    {
        var (sessions, sessionMs) = (0L, 0L);
        foreach (var enrolment in state.Enrolments)
        {
            sessions += enrolment.Sessions;
            sessionMs += enrolment.SessionMs;
        }

        return sessions < LearningProfilePolicy.SessionsMin ? null : sessionMs / sessions;
    }

    private static CourseRecord RecordOf(LearnerState state, EnrolmentState enrolment, CourseDefinition course, ReadOnlySpan<LearnerLesson> lessons, long nowMs)
    {
        var needed = PaceRules.Needed(enrolment, course, lessons, nowMs);
        return new(
            enrolment.Course,
            PaceRules.LessonsPerWeek(enrolment, lessons, nowMs),
            needed?.PerWeek,
            needed?.ByMs,
            enrolment.CheckIns.IsEmpty ? null : CheckInsOf(state, enrolment, course, nowMs),
            (int)Math.Clamp(enrolment.CountOf(EventKind.QuestionAsked) - enrolment.CountOf(EventKind.AnswerAccepted), 0, int.MaxValue));
    }

    private static CheckInRecord CheckInsOf(LearnerState state, EnrolmentState enrolment, CourseDefinition course, long nowMs)
    {
        var standing = StreakRules.StandingAt(enrolment.CheckIns, _everyDay, state.ClockIn(course), nowMs);
        var recent = 0;
        foreach (var day in enrolment.CheckIns.Days)
        {
            recent += day.Day > standing.Today - LearningProfilePolicy.PaceDays && day.Day <= standing.Today && _everyDay.Accepts(day) ? 1 : 0;
        }

        return new(standing.CurrentStreak, standing.LongestStreak, recent);
    }

    private static ContentmentTrend? ContentmentOf(LearnerState state, long nowMs)
    {
        var (texts, percent) = (0L, 0L);
        var (weight, positive) = (0.0, 0.0);
        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.Comments is { } comments)
            {
                texts += comments.Counts.Texts;
                percent += comments.Counts.PositivePercent;
                var now = comments.Recent.WeightAt(nowMs);
                weight += now;
                positive += now * comments.Recent.Mean;
            }
        }

        return texts < LearningProfilePolicy.TextsMin || weight <= 0 ? null : new(positive / weight, percent / (100.0 * texts), weight, texts);
    }
}
