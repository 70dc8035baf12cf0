using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Courses;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Courses;

/// <summary>Puts a course's live numbers and learners on the wire.</summary>
internal static class EngagementMapping
{
    private const double MsPerSecond = 1000;

    public static Wire.Engagement ToWire(CourseEngagement from, long nowMs)
    {
        var (sums, counts, timed) = (from.Sums, from.Sums.Counts, from.Sums.Timed);
        var counted = timed.Histogram.Sum();
        var (low, high) = CompletionIntervals.OfCount(timed.ProbabilitySum, timed.ProbabilityVariance, timed.ProbabilitySpread, counted);
        var evaluatedAtMs = from.EvaluatedAtMs is 0 or long.MaxValue ? nowMs : from.EvaluatedAtMs;
        return new()
        {
            CourseId = from.Course.Course.Value,
            Enrolled = ToInt(sums.Enrolled),
            ActiveToday = ToInt(timed.ActiveToday),
            ActiveLast7Days = ToInt(timed.Active7Days),
            Completed = ToInt(sums.Completed),
            Withdrawn = ToInt(sums.Withdrawn),
            MeanCompletionProbability = counted == 0 ? 0 : timed.ProbabilitySum / counted,
            ExpectedCompletions = timed.ProbabilitySum,
            ExpectedCompletionsLow = low,
            ExpectedCompletionsHigh = high,
            ProbabilityHistogram = { timed.Histogram.Select(ToInt) },
            Likes = counts.Likes,
            Comments = counts.Comments,
            Shares = counts.Shares,
            Forwards = counts.Forwards,
            Bookmarks = counts.Bookmarks,
            Questions = counts.Questions,
            Answers = counts.Answers,
            CheckIns = counts.CheckIns,
            WatchSeconds = counts.WatchedMs / MsPerSecond,
            UniqueWatchSeconds = counts.UniqueMs / MsPerSecond,
            Lessons = { LessonsOf(from) },
            EvaluatedAt = TimestampMapping.From(evaluatedAtMs),
            Version = ResumeToken.Of(from.Revision),
            ShardCount = from.ShardCount,
            Bands = new()
            {
                OnTrack = ToInt(timed.Bands[(int)CompletionBand.OnTrack - 1]),
                Slipping = ToInt(timed.Bands[(int)CompletionBand.Slipping - 1]),
                AtRisk = ToInt(timed.Bands[(int)CompletionBand.AtRisk - 1]),
                Lost = ToInt(timed.Bands[(int)CompletionBand.Lost - 1]),
            },
            Lag = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(Math.Max(0, nowMs - evaluatedAtMs))),
        };
    }

    public static Wire.CourseLearner ToWire(RosterEntry entry) => new()
    {
        LearnerId = entry.Learner,
        Status = LearnerMapping.StatusOf(entry.Status),
        CompletionProbability = entry.Probability,
        Progress = entry.Progress,
        LastActivityAt = TimestampMapping.FromOptional(entry.LastActivityAtMs),
        EvaluatedAt = TimestampMapping.FromOptional(entry.EvaluatedAtMs),

        // The numbers of the bands are those of the wire.
        Band = (Wire.CompletionBand)entry.Band,
        ReachableProbability = entry.Reachable,
    };

    /// <summary>The roster's order; null for one that this release does not know.</summary>
    public static RosterOrder? OrderOf(Wire.LearnerOrder order) => order switch
    {
        Wire.LearnerOrder.Unspecified or Wire.LearnerOrder.ProbabilityAsc => RosterOrder.ProbabilityAscending,
        Wire.LearnerOrder.ProbabilityDesc => RosterOrder.ProbabilityDescending,
        Wire.LearnerOrder.LastActivityDesc => RosterOrder.LastActivityDescending,
        Wire.LearnerOrder.LastActivityAsc => RosterOrder.LastActivityAscending,
        Wire.LearnerOrder.ProgressDesc => RosterOrder.ProgressDescending,
        Wire.LearnerOrder.ProgressAsc => RosterOrder.ProgressAscending,
        Wire.LearnerOrder.GainDesc => RosterOrder.GainDescending,
        _ => null,
    };

    private static IEnumerable<Wire.LessonEngagement> LessonsOf(CourseEngagement from)
    {
        foreach (var lesson in from.Course.Lessons)
        {
            yield return ToWire(lesson.Id, lesson.Title, from.Sums.Lessons.GetValueOrDefault(lesson.Id));
        }

        foreach (var (id, sums) in from.Sums.Lessons.OrderBy(lesson => lesson.Key, StringComparer.Ordinal))
        {
            if (sums.Started > 0 && from.Course.FindLesson(id) is null)
            {
                yield return ToWire(id, "", sums);
            }
        }
    }

    private static Wire.LessonEngagement ToWire(string id, string title, LessonSums? sums)
    {
        var lesson = new Wire.LessonEngagement { LessonId = id, Title = title };
        if (sums is null)
        {
            return lesson;
        }

        lesson.Started = ToInt(sums.Started);
        lesson.Completed = ToInt(sums.Completed);
        if (sums.Started > 0 && sums.Reached.Any(count => count > 0))
        {
            lesson.Retention.AddRange(sums.Reached.Select(count => Math.Min(1, count / (double)sums.Started)));
        }

        return lesson;
    }

    private static int ToInt(long count) => (int)Math.Clamp(count, int.MinValue, int.MaxValue);
}
