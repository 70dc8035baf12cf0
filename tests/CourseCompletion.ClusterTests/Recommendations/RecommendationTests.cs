using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Learners;
using CourseCompletion.Grains.Recommendations;
using Xunit;

namespace CourseCompletion.ClusterTests.Recommendations;

/// <summary>Courses recommended live, through crashes and repeats. Each test has a cluster of its own: a tenant has one recommender.</summary>
public sealed class RecommendationTests
{
    private static readonly string _recommender = RecommenderKey.For(TenantId.Default).Value;

    [Fact]
    public async Task Recommend_WhatOthersTookNext_IsListedWithItsReasonAndTitle()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (first, second) = await TakenInTurnAsync(cluster, learners: 4);
        var learner = cluster.NewLearner();
        await TakeAsync(cluster, learner, first);

        var course = Assert.Single((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses);

        Assert.Equal((second, "Geometry", RecommendationReason.OftenTakenAfter, first, "Algebra"), (course.Course, course.Title, course.Reason, course.Because!.Value, course.BecauseTitle));
        Assert.StartsWith("rec:2:1:", course.Id, StringComparison.Ordinal);
        Assert.EndsWith(":1:1000000", course.Id, StringComparison.Ordinal);
        Assert.Equal(1, course.Propensity);
    }

    [Fact]
    public async Task Recommend_UnknownLearner_GetsWhatIsPopularAndLeavesNothing()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (first, second) = await TakenInTurnAsync(cluster, learners: 3);
        await TakeAsync(cluster, cluster.NewLearner(), first);
        await cluster.ToldAsync();
        var stranger = cluster.NewLearner();

        var list = await cluster.Learner(stranger).RecommendCoursesAsync(10);

        Assert.Equal([(first, RecommendationReason.Popular), (second, RecommendationReason.Popular)], list.Courses.Select(course => (course.Course, course.Reason)));
        Assert.Equal(0, cluster.Store.Faults.AppendsOf(EngineCluster.KeyOf(stranger)));
        await cluster.EventuallyAsync("the stranger to be forgotten", () => cluster.SiloOf(cluster.Learner(stranger)) is null);
    }

    [Fact]
    public async Task Dismiss_ACourse_IsRememberedAndTakenBack()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (first, second) = await TakenInTurnAsync(cluster, learners: 3);
        var learner = cluster.NewLearner();
        await TakeAsync(cluster, learner, first);
        var grain = cluster.Learner(learner);

        Assert.Null(await grain.DismissRecommendationAsync(second, DismissalReason.AlreadyKnown));
        Assert.Empty((await grain.RecommendCoursesAsync(10)).Courses);
        var appends = cluster.Store.Faults.AppendsOf(EngineCluster.KeyOf(learner));
        Assert.Null(await grain.DismissRecommendationAsync(second, DismissalReason.AlreadyKnown));
        Assert.Equal(appends, cluster.Store.Faults.AppendsOf(EngineCluster.KeyOf(learner)));
        await cluster.DeactivateAsync(grain);
        Assert.Empty((await grain.RecommendCoursesAsync(10)).Courses);

        Assert.Null(await grain.DismissRecommendationAsync(second, DismissalReason.None));
        Assert.Equal(second, Assert.Single((await grain.RecommendCoursesAsync(10)).Courses).Course);
        Assert.Equal("course_id", (await grain.DismissRecommendationAsync(new(""), DismissalReason.Dismissed))!.Field);
        Assert.Equal("reason", (await grain.DismissRecommendationAsync(second, (DismissalReason)9))!.Field);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => grain.RecommendCoursesAsync(51).AsTask());
    }

    [Fact]
    public async Task Recommend_ShownFiveTimesAndNotFollowed_RestsUntilItIsFollowed()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (first, second) = await TakenInTurnAsync(cluster, learners: 3);
        var learner = cluster.NewLearner();
        await TakeAsync(cluster, learner, first);
        var shown = Assert.Single((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses);
        var producer = new Producer(cluster, learner, second);

        await producer.SendUntilStoredAsync([.. Enumerable.Range(0, 5).Select(_ => producer.Make(EventKind.PromotionShown) with { ObjectId = shown.Id })]);
        Assert.Empty((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses);

        await producer.SendUntilStoredAsync(producer.Make(EventKind.PromotionClicked) with { ObjectId = shown.Id });
        Assert.Single((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses);
    }

    [Fact]
    public async Task Apply_ToldAgainAndReadBack_CountsNothingTwice()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Recommendations:LogPagesMax", "2"));
        var (first, _) = await TakenInTurnAsync(cluster, learners: 5);
        await cluster.ToldAsync();
        var before = await RevisionAsync(cluster, first);
        Assert.Equal("10", before);

        for (var learner = 1; learner <= 5; learner++)
        {
            await cluster.Grains.GetGrain<ILearnerTellingGrain>(EngineCluster.KeyOf(new LearnerId($"taker-{learner}")).Value).TellAsync([RecommenderKey.For(TenantId.Default).Target]);
        }

        await cluster.DeactivateAsync(cluster.Grains.GetGrain<IRecommenderGrain>(_recommender));
        await cluster.ToldAsync();

        Assert.Equal(before, await RevisionAsync(cluster, first));
    }

    [Fact]
    public async Task Record_ACourseCompleted_IsToldOnceAndReadBack()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var (first, second) = await TakenInTurnAsync(cluster, learners: 3);
        var learner = new LearnerId("taker-1");
        var producer = new Producer(cluster, learner, second, "player");

        await producer.SendUntilStoredAsync(producer.Watched(0, 100), producer.Watched(0, 100, "lesson-2"));

        Assert.Equal(EnrolmentStatus.Completed, (await producer.EnrolmentAsync()).Status);
        await cluster.EventuallyAsync("the recommender to hear of the completion", async () => await RevisionAsync(cluster, first) == "7");
        await cluster.ToldAsync();
        var recommender = cluster.Grains.GetGrain<IRecommenderGrain>(_recommender);
        await cluster.DeactivateAsync(recommender);
        await cluster.DeactivateAsync(cluster.Learner(learner));
        Assert.Equal("7", await RevisionAsync(cluster, first));

        // What was completed by the activations before is not told anew, or counts nothing.
        await cluster.Grains.GetGrain<ILearnerTellingGrain>(EngineCluster.KeyOf(learner).Value).TellAsync([RecommenderKey.For(TenantId.Default).Target]);
        await producer.SendUntilStoredAsync(producer.Watched(0, 50));
        await cluster.ToldAsync();
        Assert.Equal("7", await RevisionAsync(cluster, first));
        var other = new Producer(cluster, learner, first, "player");
        await other.SendUntilStoredAsync(other.Watched(0, 100), other.Watched(0, 100, "lesson-2"));
        await cluster.EventuallyAsync("the recommender to hear of the other completion", async () => await RevisionAsync(cluster, first) == "8");
    }

    [Fact]
    public async Task Upsert_ALowerThresholdCompletes_IsToldWithoutAnEvent()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var definition = CourseBuilder.Of(cluster.NewCourse(), lessons: 1);
        await cluster.DefineAsync(definition);
        var producer = new Producer(cluster, cluster.NewLearner(), definition.Course);
        await producer.SendUntilStoredAsync(producer.Watched(0, 60));
        await cluster.EventuallyAsync("the recommender to hear of the enrolment", async () => await RevisionAsync(cluster, definition.Course) == "1");

        await cluster.DefineAsync(definition with { Lessons = [definition.Lessons[0] with { CompletionThreshold = 0.5 }] });

        await cluster.EventuallyAsync("the recommender to hear of the completion", async () => await RevisionAsync(cluster, definition.Course) == "2");
    }

    [Fact]
    public async Task Sweep_RecommenderDiedBeforeItStored_IsToldAgain()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: [("Recommendations:StoreAfter", "00:00:02"), ("Sweep:OlderThan", "00:00:02.500")]);
        var (first, second) = await TakenInTurnAsync(cluster, learners: 5);
        await cluster.EventuallyAsync("the recommender to hear of it", async () => await RevisionAsync(cluster, first) == "10");
        var home = cluster.SiloOf(cluster.Grains.GetGrain<IRecommenderGrain>(_recommender));
        await cluster.KillAsync(cluster.Silos.First(silo => silo.SiloAddress.Equals(home)));

        await cluster.ToldAsync();

        Assert.Equal("10", await RevisionAsync(cluster, first));
        var learner = cluster.NewLearner();
        await TakeAsync(cluster, learner, first);
        Assert.Equal(second, (await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses[0].Course);
    }

    [Fact]
    public async Task Store_AWriteFails_TellsAgain()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var recommender = cluster.Grains.GetGrain<IRecommenderGrain>(_recommender);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        ((Stores.MemoryStore)cluster.Store).Payloads.FailNextWrite(recommender.GetGrainId());
        await TakeAsync(cluster, cluster.NewLearner(), course);

        await cluster.ToldAsync();

        Assert.Equal("1", await RevisionAsync(cluster, course));
    }

    [Fact]
    public async Task Define_AKnownCourseWhileRowsWaitToBeStored_WaitsForNoTimer()
    {
        // A silo that stops takes timers away, and then waits for the calls: one that waited for a timer would hold up the stop.
        await using var cluster = await EngineCluster.StartAsync(settings: [("Recommendations:StoreAfter", "00:00:10"), ("Sweep:OlderThan", "00:00:30")]);
        var definition = await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()));
        var recommender = cluster.Grains.GetGrain<IRecommenderGrain>(_recommender);
        await recommender.ApplyAsync([new(cluster.NewLearner(), default, 2, [definition.Course])]);

        await recommender.DefineAsync(CourseFact.From(definition)).WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Equal("1", await RevisionAsync(cluster, definition.Course));
    }

    // The band that counts is the one of now, and of a course that goes on.
    [Fact]
    public async Task Recommend_ACourseIsAtRiskByNow_NothingIsPromotedUntilItEnds()
    {
        await using var cluster = await EngineCluster.StartAsync();
        var own = CourseBuilder.Of(cluster.NewCourse(), lessons: 8);
        await cluster.DefineAsync(own);
        for (var other = 0; other < 8; other++)
        {
            await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()) with { IsPromoted = other == 0 });
        }

        var learner = cluster.NewLearner();
        var producer = new Producer(cluster, learner, own.Course);
        await producer.SendUntilStoredAsync([producer.Make(EventKind.Enrolled), .. Enumerable.Range(1, 6).Select(lesson => producer.Watched(0, 100, $"lesson-{lesson}"))]);
        Assert.Single((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses, course => course.IsPromoted);

        cluster.Clock.Advance(TimeSpan.FromDays(120));
        Assert.Equal(CompletionBand.Lost, (await producer.EnrolmentAsync()).Band);
        Assert.DoesNotContain((await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses, course => course.IsPromoted);

        await cluster.DefineAsync(own with { EndsAtMs = cluster.NowMs - 1 });
        await cluster.EventuallyAsync(
            "the course's end to be known", async () => (await cluster.Learner(learner).RecommendCoursesAsync(10)).Courses.Count(course => course.IsPromoted) == 1);
    }

    private static async Task<string> RevisionAsync(EngineCluster cluster, CourseId course)
    {
        var list = await cluster.Grains.GetGrain<IRecommenderGrain>(_recommender).RecommendAsync(new(1, cluster.NowMs, 10, [TasteRules.HashOf(course)], []));
        return list.Id.Split(':')[^1];
    }

    // Everybody takes the first and then the second.
    private static async Task<(CourseId First, CourseId Second)> TakenInTurnAsync(EngineCluster cluster, int learners)
    {
        var first = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()) with { Title = "Algebra" })).Course;
        var second = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()) with { Title = "Geometry" })).Course;
        for (var i = 1; i <= learners; i++)
        {
            await TakeAsync(cluster, new($"taker-{i}"), first);
            await TakeAsync(cluster, new($"taker-{i}"), second);
        }

        await cluster.EventuallyAsync("the recommender to hear of it", async () => await RevisionAsync(cluster, first) == $"{2 * learners}");
        return (first, second);
    }

    private static async Task TakeAsync(EngineCluster cluster, LearnerId learner, CourseId course)
    {
        var producer = new Producer(cluster, learner, course);
        await producer.SendUntilStoredAsync(producer.Make(EventKind.Enrolled));
    }
}
