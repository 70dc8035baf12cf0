using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

/// <summary>Callers that bypass the gateway: its checks are not there, the grains' own have to do.</summary>
public sealed class MalformedCallTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private static readonly long[] _longs = [long.MinValue, -1, 0, 1, 631_152_000_000, 4_102_444_800_000, long.MaxValue];
    private static readonly double[] _reals = [double.NaN, double.NegativeInfinity, -1, 0, 0.5, 3, 1e300];
    private static readonly string?[] _texts = [null, "", " ", "a", "a/b", "%41", "\u0001", "\uD800", "𝔘", new('x', 128), new('ü', 200), new('y', 5000)];

    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Record_AnyGarbage_IsAnsweredWithAFateForEachEventAndHarmsNothing()
    {
        const int seed = 20_260_302;
        var random = new Random(seed);
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var accepted = 1;
        for (var round = 0; round < 60; round++)
        {
            LearnerEvent[] garbage = [.. Enumerable.Range(0, 8).Select(i => Garbage(random, course, $"{round}-{i}")), learner.Make(EventKind.Shared)];
            var outcome = await learner.Grain.RecordAsync(new EventBatch(garbage, random.Next(3) == 0 ? Any(random, _longs) : 0));

            Assert.Equal(garbage.Length, outcome.Results.Length);
            Assert.All(outcome.Results, (result, i) => Assert.True(
                result.Status is EventStatus.Accepted or EventStatus.Duplicate
                || (result.Status == EventStatus.Rejected && result.Rejection is { Reason: not RejectionReason.None, Field.Length: > 0, Message.Length: > 0 }),
                $"Seed {seed}, round {round}: {garbage[i]} got {result}."));
            accepted += outcome.Results.Count(result => result.Status == EventStatus.Accepted);
        }

        Assert.Equal(accepted, (await learner.ProfileAsync()).EventCount);
        Assert.Equal(0, _cluster.Log.CountOf(2003));
        Assert.Equal(1, _cluster.Calls.ArrivalsOf(learner.Grain, nameof(ILearnerGrain.GetProfileAsync)));

        var lived = await learner.ProfileAsync();
        await _cluster.DeactivateAsync(learner.Grain);
        Assert.Equal(lived.Enrolments.Select(e => e.FactHash), (await learner.ProfileAsync()).Enrolments.Select(e => e.FactHash));
    }

    [Fact]
    public async Task Record_EventsThatAreNull_AreRejectedAndTheOthersAccepted()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);

        var outcome = await learner.RecordAsync(learner.Make(EventKind.Shared), null!, learner.Make(EventKind.Shared));
        var none = await learner.Grain.RecordAsync(new EventBatch(null!, 0));

        Assert.Equal([EventStatus.Accepted, EventStatus.Rejected, EventStatus.Accepted], outcome.Results.Select(result => result.Status));
        Assert.Equal((RejectionReason.MissingField, "event_id"), (outcome.Results[1].Rejection!.Reason, outcome.Results[1].Rejection!.Field));
        Assert.Empty(none.Results);
    }

    [Fact]
    public async Task Record_CallerCorrectedTheClockItself_IsTakenAtItsProducersWord()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        var ahead = learner.Make(EventKind.Shared) with { ClockShiftMs = -1_000_000_000_000 };

        var outcome = await learner.RecordAsync(ahead);
        var sentAtAnyTime = await learner.Grain.RecordAsync(new EventBatch([learner.Make(EventKind.Shared)], _cluster.NowMs + long.MinValue));

        Assert.Equal(RejectionReason.InTheFuture, outcome.Results[0].Rejection!.Reason);
        Assert.Equal((EventStatus.Rejected, "occurred_at"), (sentAtAnyTime.Results[0].Status, sentAtAnyTime.Results[0].Rejection!.Field));
        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(learner.Make(EventKind.Shared)));
    }

    [Fact]
    public async Task Record_HugeTextWhereNoneBelongs_IsRejected()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);

        var outcome = await learner.RecordAsync(learner.Make(EventKind.Liked) with { Text = new string('x', 1_000_000) });

        Assert.Equal((RejectionReason.InvalidField, "body"), (outcome.Results[0].Rejection!.Reason, outcome.Results[0].Rejection!.Field));
    }

    [Fact]
    public async Task Record_MalformedEventOfAnUnknownCourse_MakesNoDraft()
    {
        var unknown = _cluster.NewCourse();
        var learner = new Producer(_cluster, _cluster.NewLearner(), unknown);
        var malformedId = new CourseId(new string('z', 300));

        var outcome = await learner.RecordAsync(
            learner.Make(EventKind.Rated) with { Value = 9 },
            learner.Make(EventKind.Shared) with { Course = malformedId });

        Assert.Equal(["rated.stars", "course_id"], outcome.Results.Select(result => result.Rejection!.Field));
        Assert.Null(await _cluster.Course(unknown).GetDefinitionAsync());
        Assert.Null(await _cluster.Course(malformedId).GetDefinitionAsync());
        Assert.Equal("course_id", (await _cluster.Course(malformedId).AdmitAsync()).Rejection!.Field);
    }

    [Fact]
    public async Task List_RosterOfAnUnknownCourse_IsEmptyAndMakesNoDraft()
    {
        var unknown = _cluster.NewCourse();

        Assert.Empty(await _cluster.Roster(unknown).ListAsync(new(RosterOrder.ProgressAscending, 10, 0, null)));
        Assert.Empty(await _cluster.Roster(unknown, 700).ListAsync(new((RosterOrder)99, int.MinValue, double.NaN, "x", double.NaN, double.NaN)));
        Assert.Null(await _cluster.Course(unknown).GetDefinitionAsync());
    }

    [Theory]
    [InlineData("learner")]
    [InlineData("default/")]
    [InlineData("default/a/b")]
    [InlineData("default/%41")]
    [InlineData("default/a b")]
    public async Task Record_KeyNotWrittenAsKeysAre_IsRefused(string key)
    {
        var grain = _cluster.Grains.GetGrain<ILearnerGrain>(key);

        await Assert.ThrowsAnyAsync<Exception>(() => grain.RecordAsync(new EventBatch([], 0)).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => grain.GetProfileAsync(null).AsTask());
    }

    [Fact]
    public async Task Call_AnotherSpellingOfACoursesOrRostersKey_IsRefusedAndReportsNothing()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        await learner.SendAsync(learner.Make(EventKind.Shared));
        await CourseTruth.AssertExactAsync(_cluster, course, [learner.Key.Learner]);
        var query = new RosterQuery(RosterOrder.ProgressAscending, 10, 0, null);

        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.Grains.GetGrain<IRosterGrain>($"default/{course}/00").ListAsync(query).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.Grains.GetGrain<IRosterGrain>($"default/{course}/x").ListAsync(query).AsTask());
        await Assert.ThrowsAnyAsync<Exception>(() => _cluster.Grains.GetGrain<ICourseGrain>($"default/%63{course.Value[1..]}").AdmitAsync().AsTask());

        Assert.Equal(1, (await _cluster.Course(course).GetEngagementAsync())!.Sums.Enrolled);
    }

    [Fact]
    public async Task Read_AnyInstantAndCourse_IsAnswered()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()) with { StartsAtMs = 1, EndsAtMs = 2, TimeZone = "Europe/Berlin" })).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        await learner.SendAsync(learner.Make(EventKind.Commented));
        foreach (var asOfMs in _longs)
        {
            var profile = await learner.Grain.GetProfileAsync(asOfMs);
            Assert.Equal(asOfMs < _cluster.NowMs ? AnswerStatus.TooEarly : AnswerStatus.Found, profile.Status);
        }

        foreach (var id in _texts)
        {
            Assert.Equal(AnswerStatus.NotFound, (await learner.Grain.GetEnrolmentAsync(new CourseId(id!), null)).Status);
        }

        Assert.NotNull(await learner.Grain.WatchAsync(new(long.MinValue, long.MaxValue), TimeSpan.MinValue));
    }

    [Fact]
    public async Task Read_AnotherTenantsKeys_SeesNothingOfThisOne()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learner = new Producer(_cluster, _cluster.NewLearner(), course);
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var other = new TenantId("other");

        var theirs = _cluster.Grains.GetGrain<ILearnerGrain>(LearnerKey.For(other, learner.Key.Learner).Value);

        Assert.Equal(AnswerStatus.NotFound, (await theirs.GetProfileAsync(null)).Status);
        Assert.Null(await _cluster.Grains.GetGrain<ICourseGrain>(CourseKey.For(other, course).Value).GetEngagementAsync());
    }

    // A well-formed event of which some fields are replaced by garbage.
    private LearnerEvent Garbage(Random random, CourseId course, string id)
    {
        var e = new LearnerEvent
        {
            Source = "fuzz",
            EventId = id,
            Course = course,
            Kind = (EventKind)random.Next(0, 40),
            OccurredAtMs = _cluster.NowMs,
            Lesson = "lesson-1",
            ObjectId = "object",
            Text = "text",
            ToMs = 1000,
            Speed = 1,
            Value = 2,
            MaxValue = 5,
            Family = ActivityFamily.Page,
            Count = 1,
        };
        for (var faults = random.Next(0, 4); faults > 0; faults--)
        {
            e = random.Next(18) switch
            {
                0 => e with { Source = Any(random, _texts) ?? "" },
                1 => e with { EventId = Any(random, _texts) ?? "" },
                2 => e with { Course = new(Any(random, _texts) ?? "") },
                3 => e with { OccurredAtMs = Any(random, _longs) },
                4 => e with { Lesson = Any(random, _texts) },
                5 => e with { Session = Any(random, _texts) },
                6 => e with { ObjectId = Any(random, _texts) },
                7 => e with { TargetLearner = Any(random, _texts) },
                8 => e with { PositionMs = Any(random, _longs) },
                9 => e with { FromMs = Any(random, _longs) },
                10 => e with { ToMs = Any(random, _longs) },
                11 => e with { Speed = (float)Any(random, _reals) },
                12 => e with { Count = Any(random, _longs) },
                13 => e with { Value = Any(random, _reals), MaxValue = Any(random, _reals) },
                14 => e with { DueAtMs = Any(random, _longs) },
                15 => e with { Text = Any(random, _texts) },
                16 => e with { Family = (ActivityFamily)random.Next(0, 255) },
                _ => e with { Family = (ActivityFamily)random.Next(0, 255), Kind = (EventKind)random.Next(0, 255) },
            };
        }

        return e;
    }

    private static T Any<T>(Random random, T[] values) => values[random.Next(values.Length)];
}
