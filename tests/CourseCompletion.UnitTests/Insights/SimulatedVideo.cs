using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Insights;

/// <summary>A video and its viewers, who watch in heartbeats, leave, pause, and look again at what they lost, more where it is confusing.</summary>
/// <param name="Seconds">How long it is.</param>
/// <param name="Viewers">How many start it.</param>
/// <param name="ConfusingFrom">From which second it is hard to follow; none when negative.</param>
/// <param name="ConfusingTo">Until which second.</param>
internal sealed record SimulatedVideo(int Seconds, int Viewers, int ConfusingFrom, int ConfusingTo)
{
    private const int HeartbeatSeconds = 10;
    private const double LooksAgain = 0.25;
    private const double PausesThere = 0.15;

    public LessonDefinition Lesson { get; } = new() { Id = "video", LengthMs = Seconds * 1000L };

    /// <summary>Plays all viewers; gives the sums, and for each hundredth how many really watched it.</summary>
    public (LessonSums Sums, double[] Exact) Play(Random random)
    {
        var course = new CourseDefinition { Course = new("algebra"), Version = 1, Lessons = [Lesson] };
        var sums = new RosterSums();
        var exact = new double[LessonSums.PositionCount];
        for (var i = 0; i < Viewers; i++)
        {
            var state = new LearnerState();
            var watched = new bool[Seconds];
            foreach (var e in Watch(random))
            {
                LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
                if (e.Kind == EventKind.VideoWatched)
                {
                    watched.AsSpan((int)(e.FromMs / 1000)..(int)(e.ToMs / 1000)).Fill(true);
                }
            }

            ProgressRules.Measure(state.Enrolments[0], course);
            sums.Add(RowOf(state.Enrolments[0]), 1);
            for (var place = 0; place < exact.Length; place++)
            {
                exact[place] += Enumerable.Range(0, Seconds).Any(s => watched[s] && (s + 1) * 100 > place * Seconds && s * 100 < (place + 1) * Seconds) ? 1.0 / Viewers : 0;
            }
        }

        return (sums.Lessons["video"], exact);
    }

    private IEnumerable<LearnerEvent> Watch(Random random)
    {
        var id = 0;
        var leavesAt = random.NextDouble() < 0.5 ? Seconds : random.Next(1, Seconds);
        var looksAgainAt = random.NextDouble() < 0.3 ? random.Next(0, Seconds) : -1;
        var isConfused = ConfusingFrom >= 0;
        for (var at = 0; at < leavesAt;)
        {
            var to = Math.Min(leavesAt, at + HeartbeatSeconds);
            yield return Watched("video", at * 1000L, to * 1000L, $"{id++}");
            if (random.NextDouble() < 0.01)
            {
                yield return Paused(to, $"{id++}");
            }

            if (isConfused && to >= ConfusingTo)
            {
                isConfused = false;
                if (random.NextDouble() < PausesThere)
                {
                    yield return Paused(random.Next(ConfusingFrom, ConfusingTo), $"{id++}");
                }

                if (random.NextDouble() < LooksAgain)
                {
                    yield return Watched("video", ConfusingFrom * 1000L, ConfusingTo * 1000L, $"{id++}");
                }
            }

            if (looksAgainAt >= 0 && to > looksAgainAt)
            {
                yield return Watched("video", Math.Max(0, looksAgainAt - random.Next(5, 40)) * 1000L, looksAgainAt * 1000L + 1000, $"{id++}");
                looksAgainAt = -1;
            }

            at = to;
        }

        // Players tell of a pause at the end of a video, too.
        yield return Paused(leavesAt, $"{id++}");
    }

    private static LearnerEvent Paused(int second, string id) => Event(EventKind.VideoPaused, id) with { Lesson = "video", PositionMs = second * 1000L };

    private static RosterRow RowOf(EnrolmentState enrolment) => new()
    {
        Learner = new("ada"),
        Version = new(1, 1, 1),
        Status = enrolment.Status,
        EnrolledAtMs = enrolment.EnrolledAtMs,
        LastActivityAtMs = enrolment.LastActivityAtMs,
        ActiveMask = 1,
        Progress = 0,
        Probability = 0.5f,
        EvaluatedAtMs = MondayMs,
        Counts = default,
        Lessons = enrolment.Derived.Lessons,
        Features = [],
    };
}
