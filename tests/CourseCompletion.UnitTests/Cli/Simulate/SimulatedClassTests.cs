using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Cli.Simulate;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Simulate;

public sealed class SimulatedClassTests
{
    private static readonly ClassOptions _options =
        new(Seed: 7, Learners: 120, Courses: 2, new(2025, 9, 1, 0, 0, 0, DateTimeKind.Utc), CourseDays: 28, Prefix: "");

    [Fact]
    public void Live_SameSeed_GivesTheSameEvents() =>
        Assert.Equal(new SimulatedClass(_options).Live(10), new SimulatedClass(_options).Live(10));

    [Fact]
    public void Live_OtherSeed_GivesOtherLearnersWithOtherIds()
    {
        var one = new SimulatedClass(_options).Live(5).Select(e => e.EventId).ToHashSet();
        var other = new SimulatedClass(_options with { Seed = 8 }).Live(5).Select(e => e.EventId).ToHashSet();

        Assert.Empty(one.Intersect(other));
    }

    [Fact]
    public void Live_MoreDays_BeginsWithTheSameEvents()
    {
        var fewer = new SimulatedClass(_options).Live(6).ToList();

        Assert.Equal(fewer, new SimulatedClass(_options).Live(12).Take(fewer.Count));
    }

    [Fact]
    public void Live_Events_AreInOrderWithinTheirDaysAndHaveIdsOfTheirOwn()
    {
        var events = new SimulatedClass(_options).Live(28).ToList();

        Assert.Equal(events.Count, events.Select(e => e.EventId).Distinct().Count());
        Assert.All(events.Zip(events.Skip(1)), pair => Assert.True(pair.First.OccurredAt <= pair.Second.OccurredAt));
        Assert.True(events[^1].OccurredAt.ToDateTime() < _options.Start.AddDays(28));
    }

    [Fact]
    public void Live_EveryLearner_IsSilentBeforeEnrollingAndAfterStopping()
    {
        var simulated = new SimulatedClass(_options);
        var lives = simulated.Lives.ToDictionary(life => (life.LearnerId, life.Course.Id));
        var events = simulated.Live(28).ToList();

        foreach (var e in events)
        {
            var truth = lives[(e.LearnerId, e.CourseId)].Truth;
            Assert.True(e.OccurredAt.ToDateTime() >= truth.EnrolledAt, $"{e.EventId} comes before the enrolment.");
            Assert.True(truth.StoppedAt is null || e.OccurredAt.ToDateTime() <= truth.StoppedAt, $"{e.EventId} comes after stopping.");
        }
    }

    [Fact]
    public void Live_ManyLearners_StopAsOftenAsTheirHazardsSay()
    {
        var simulated = new SimulatedClass(_options with { Learners = 1_500 });
        _ = simulated.Live(28).LongCount();

        var expected = simulated.Lives.Sum(life => life.Truth.CumulativeHazard);
        var stopped = simulated.Lives.Count(life => life.Truth.StoppedAt is not null);

        // Stops minus hazards is a martingale whose variance is at most the expected number: four deviations are never reached.
        Assert.InRange(stopped, expected - (4 * Math.Sqrt(expected)), expected + (4 * Math.Sqrt(expected)));
        Assert.True(expected > 300, $"Only {expected:N0} stops were expected: the model is too kind to be tested.");
    }

    [Fact]
    public void Live_MotivatedLearners_StopLessAndCompleteMore()
    {
        var simulated = new SimulatedClass(_options with { Learners = 1_000 });
        _ = simulated.Live(28).LongCount();
        var byMotivation = simulated.Lives.OrderBy(life => life.Traits.Motivation).ToList();
        var least = byMotivation.Take(byMotivation.Count / 3).ToList();
        var most = byMotivation.TakeLast(byMotivation.Count / 3).ToList();

        Assert.True(most.Average(life => life.Truth.MeanHazard) < 0.5 * least.Average(life => life.Truth.MeanHazard));
        Assert.True(most.Count(life => life.HasCompleted) > 2 * least.Count(life => life.HasCompleted));
    }

    [Fact]
    public void Live_CompletedLessons_AreThoseWhoseWatchedUnionSays()
    {
        var simulated = new SimulatedClass(_options);
        var watched = new Dictionary<(string, string, string), HashSet<int>>();
        foreach (var e in simulated.Live(28))
        {
            var key = (e.LearnerId, e.CourseId, e.LessonId);
            if (e.VideoWatched is { } part)
            {
                watched.TryAdd(key, []);
                watched[key].UnionWith(Enumerable.Range((int)part.From, (int)(part.To - part.From)));
            }
            else if (e.LessonCompleted is not null)
            {
                var length = simulated.Courses.SelectMany(course => course.Lessons).Single(lesson => lesson.Id == e.LessonId).Seconds;
                Assert.True(watched[key].Count >= 0.95 * length, $"{e.EventId}: {watched[key].Count} of {length} s.");
            }
        }
    }

    [Fact]
    public void Write_Class_IsReadBackEventByEvent()
    {
        using var files = new TemporaryFiles();
        var count = SimulationFiles.Write(new(_options), files.Root, 14, compress: true, CancellationToken.None);

        var layout = new NeutralLayout(files.Root);
        var faults = new CourseCompletion.Cli.Engagement.RowFaults();
        var read = layout.ReadEvents(faults).ToList();

        Assert.Equal(0, faults.Count);
        Assert.Equal(count, read.Count);
        Assert.Equal(new SimulatedClass(_options).Live(14), read);
        Assert.Equal(new SimulatedClass(_options).Courses.Select(course => course.ToCourse()), layout.ReadCourses(faults));
    }

    [Fact]
    public void Write_Outcomes_NameEveryEnrolmentInTheTruth()
    {
        using var files = new TemporaryFiles();
        SimulationFiles.Write(new(_options), files.Root, 14, compress: false, CancellationToken.None);

        static HashSet<string> Keys(string path) => [.. File.ReadLines(path).Skip(1).Select(line => string.Join(',', line.Split(',').Take(2)))];

        Assert.Equal(Keys(files.PathOf("truth.csv")), Keys(files.PathOf("outcomes.csv")));
        Assert.Contains(",1", string.Join('\n', File.ReadLines(files.PathOf("outcomes.csv")).Select(line => line[^2..])), StringComparison.Ordinal);
    }

    [Fact]
    public void ToCourse_Simulated_IsWellFormed()
    {
        var course = new SimulatedClass(_options).Courses[0].ToCourse();

        Assert.Equal(16, course.Lessons.Count);
        Assert.Equal(course.Lessons.Count, course.Lessons.Select(lesson => lesson.LessonId).Distinct().Count());
        Assert.All(course.Lessons, lesson => Assert.True(lesson.DueAt > course.StartsAt && lesson.DueAt < course.EndsAt));
        Assert.Contains(course.Lessons, lesson => lesson.Kind == LessonKind.Quiz);
    }
}
