using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Courses;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

public sealed class CourseEngagementTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task GetEngagement_ManyLearnersOnTwoSilos_IsExactlyTheSumOverThem()
    {
        var (course, learners) = await ClassAsync(120);
        await Task.WhenAll(learners.Select((learner, i) => learner.SendUntilStoredAsync(
            learner.Watched(0, 1 + (i * 13 % 100), ago: TimeSpan.FromDays(i % 9)),
            learner.Watched(50, 100, "lesson-2", ago: TimeSpan.FromHours(i)),
            learner.Make(EventKind.Liked),
            learner.Make(i % 2 == 0 ? EventKind.Unliked : EventKind.Shared),
            learner.Make(EventKind.Forwarded),
            learner.Make(EventKind.Bookmarked),
            learner.Make(EventKind.QuestionAsked),
            learner.Make(EventKind.CheckedIn, ago: TimeSpan.FromDays(i % 3)))));
        await Task.WhenAll(learners.Select((learner, i) => learner.SendUntilStoredAsync(
            learner.Make(i % 5 == 0 ? EventKind.Withdrew : EventKind.Commented), learner.Watched(40, 99), learner.Make(EventKind.QuestionAnswered))));

        var sums = await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));

        Assert.Equal((120, 120 * 11), (sums.Enrolled, sums.Counts.Events));
        Assert.InRange(sums.Completed, 0, 120);
        Assert.True(learners.Select(learner => _cluster.SiloOf(learner.Grain)).Distinct().Count() == 2, "All learners are on one silo.");
        await AssertTimedAsync(course, learners);
    }

    [Fact]
    public async Task GetEngagement_ContactsAndWithdrawals_CountAsSuch()
    {
        var (course, learners) = await ClassAsync(4);
        await learners[0].SendAsync(learners[0].Make(EventKind.PromotionShown), learners[0].Make(EventKind.PromotionClicked));
        await learners[1].SendAsync(learners[1].Make(EventKind.Commented), learners[1].Make(EventKind.Withdrew));
        await learners[1].SendAsync(learners[1].Make(EventKind.Commented));
        await learners[2].SendAsync(learners[2].Make(EventKind.PromotionShown), learners[2].Make(EventKind.Commented));
        await learners[3].SendAsync(learners[3].Make(EventKind.Withdrew, ago: TimeSpan.FromHours(1)), learners[3].Make(EventKind.Enrolled));

        var sums = await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));

        Assert.Equal((3, 1, 9), (sums.Enrolled, sums.Withdrawn, sums.Counts.Events));
        var listed = await _cluster.Roster(course).ListAsync(new(RosterOrder.ProbabilityAscending, 10, 0, null));
        Assert.Equal(IdsOf(learners)[1..].Select(id => id.Value).Order(), listed.Select(entry => entry.Learner).Order());
        Assert.Equal((EnrolmentStatus.Withdrawn, 0f), (listed[0].Status, listed[0].Probability));
        Assert.Equal(2, (await learners[3].EnrolmentAsync()).Attempt);
        Assert.Equal(EnrolmentStatus.Prospect, (await learners[0].EnrolmentAsync()).Status);
        await AssertTimedAsync(course, learners);
    }

    [Fact]
    public async Task GetEngagement_ClockMovesOn_SilentLearnersFallWithoutAnyEvent()
    {
        var (course, learners) = await ClassAsync(20);
        await Task.WhenAll(learners.Select((learner, i) => learner.SendUntilStoredAsync(learner.Make(EventKind.Commented), learner.Watched(0, 5 * i % 100 + 1))));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));
        var before = await AssertTimedAsync(course, learners);
        Assert.Equal((20, 20), (before.Sums.Timed.ActiveToday, before.Sums.Timed.Active7Days));

        _cluster.Clock.Advance(TimeSpan.FromDays(3));
        var afterThreeDays = await AssertTimedAsync(course, learners);
        _cluster.Clock.Advance(TimeSpan.FromDays(5));
        var afterEight = await AssertTimedAsync(course, learners);

        Assert.Equal((0, 20), (afterThreeDays.Sums.Timed.ActiveToday, afterThreeDays.Sums.Timed.Active7Days));
        Assert.Equal(0, afterEight.Sums.Timed.Active7Days);
        Assert.True(before.Sums.Timed.ProbabilitySum > afterThreeDays.Sums.Timed.ProbabilitySum + 0.1, "Three days of silence changed nothing.");
        Assert.True(afterThreeDays.Sums.Timed.ProbabilitySum > afterEight.Sums.Timed.ProbabilitySum + 0.1, "Five more changed nothing.");
    }

    [Fact]
    public async Task GetEngagement_OneLearnerActiveAfterALongSilence_SaysForWhenTheOthersHold()
    {
        var (course, learners) = await ClassAsync(10);
        await Task.WhenAll(learners.Select(learner => learner.SendUntilStoredAsync(learner.Make(EventKind.Commented))));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));
        var before = await AssertTimedAsync(course, learners);

        _cluster.Clock.Advance(TimeSpan.FromDays(10));
        await learners[0].SendAsync(learners[0].Make(EventKind.Commented));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));
        var after = await AssertTimedAsync(course, learners);

        Assert.True(after.Sums.Timed.ProbabilitySum < before.Sums.Timed.ProbabilitySum, "The silent ones were not brought up to now.");
    }

    [Fact]
    public async Task WatchEngagement_EventsCome_WakesWithNewFigures()
    {
        var (course, learners) = await ClassAsync(2);
        await learners[0].SendAsync(learners[0].Make(EventKind.Commented));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners)[..1]);
        var grain = _cluster.Course(course);
        var seen = (await grain.WatchEngagementAsync(0, TimeSpan.FromSeconds(10)))!.Revision;

        await learners[1].SendAsync(learners[1].Make(EventKind.Commented));
        await _cluster.EventuallyAsync(
            "a watcher to be shown the second learner",
            async () =>
            {
                var engagement = await grain.WatchEngagementAsync(seen, TimeSpan.FromSeconds(5));
                seen = engagement?.Revision ?? seen;
                return engagement?.Sums.Enrolled == 2;
            });
    }

    [Fact]
    public async Task WatchEngagement_CourseWasReadBack_NeverTakesAnotherStateForTheOneSeen()
    {
        var (course, learners) = await ClassAsync(2);
        await learners[0].SendAsync(learners[0].Make(EventKind.Commented));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners)[..1]);
        var seen = new HashSet<long>();
        for (var activation = 0; activation < 3; activation++)
        {
            var engagement = await _cluster.EventuallyAsync("all shards to report", () => _cluster.Course(course).GetEngagementAsync().AsTask(), found => found is not null);
            Assert.True(seen.Add(engagement!.Revision), $"Revision {engagement.Revision} came again in another activation.");
            await _cluster.DeactivateAsync(_cluster.Course(course));
            _cluster.Clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task WatchEngagement_NothingHappensForLong_TimeAloneMovesTheNumbers()
    {
        var (course, learners) = await ClassAsync(1);
        await learners[0].SendAsync(learners[0].Make(EventKind.Commented));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));
        var before = (await _cluster.Course(course).GetEngagementAsync())!;
        await _cluster.DeactivateAsync(_cluster.Roster(course));
        _cluster.Clock.Advance(TimeSpan.FromDays(3));

        await _cluster.EventuallyAsync(
            "a watcher to be shown the silence",
            async () => await _cluster.Course(course).WatchEngagementAsync(before.Revision, TimeSpan.FromSeconds(1)) is { } now
                && now.Sums.Timed.ProbabilitySum < before.Sums.Timed.ProbabilitySum && now.Sums.Timed.ActiveToday == 0);
    }

    [Fact]
    public async Task WatchEngagement_MoreWatchersThanTheCap_NeitherSpinsNorWaits()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: [("Courses:WatchersMax", "2"), ("Courses:EvaluateEvery", "00:00:05")]);
        var course = cluster.Course((await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course);
        await cluster.EventuallyAsync("a report", () => course.GetEngagementAsync().AsTask(), engagement => engagement!.ShardCount == 1);

        // A new course's shard reports when prompted and once more by itself: at rest, the count no longer grows.
        var (arrivals, unchanged) = (0, 0);
        await cluster.EventuallyAsync("the reports to cease", () =>
        {
            var now = cluster.Calls.ArrivalsOf(course, nameof(ICourseRollupGrain.ReportAsync));
            unchanged = now == arrivals ? unchanged + 1 : 0;
            arrivals = now;
            return unchanged == 30;
        });
        cluster.Calls.Before<ICourseRollupGrain>(nameof(ICourseRollupGrain.ReportAsync), () => throw new TimeoutException("Injected: no more reports."));
        var seen = (await course.GetEngagementAsync())!.Revision;
        Task[] watches = [.. Enumerable.Range(0, 2).Select(_ => course.WatchEngagementAsync(seen, TimeSpan.FromSeconds(15)).AsTask())];
        await cluster.EventuallyAsync("both to wait", () => cluster.Calls.ArrivalsOf(course, nameof(ICourseGrain.WatchEngagementAsync)) == 2);
        Assert.Equal(arrivals, cluster.Calls.ArrivalsOf(course, nameof(ICourseRollupGrain.ReportAsync)));

        var third = await course.WatchEngagementAsync(seen, TimeSpan.FromSeconds(15)).AsTask().WaitAsync(TimeSpan.FromSeconds(5));
        cluster.Clock.Advance(TimeSpan.FromSeconds(8));
        var tooOld = await course.GetEngagementAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5));

        Assert.Null(third);
        Assert.Equal(seen, tooOld!.Revision);
        Assert.All(watches, watch => Assert.False(watch.IsCompleted));
        cluster.Clock.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(watches).WaitAsync(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task List_AnyOrder_PagesThroughEveryLearnerOnce()
    {
        var (course, learners) = await ClassAsync(30);
        await Task.WhenAll(learners.Select((learner, i) => learner.SendUntilStoredAsync(
            learner.Watched(0, i % 4 == 0 ? 99 : 20, ago: TimeSpan.FromHours(i / 2 * 5)), learner.Make(EventKind.Liked, ago: TimeSpan.FromHours(i / 2 * 5)))));
        await CourseTruth.AssertExactAsync(_cluster, course, IdsOf(learners));

        foreach (var order in Enum.GetValues<RosterOrder>())
        {
            var paged = new List<RosterEntry>();
            while (true)
            {
                var last = paged.Count == 0 ? default : paged[^1];
                var page = await _cluster.Roster(course).ListAsync(new(order, 7, last.OrderValue, last.Learner));
                Assert.InRange(page.Length, 0, 7);
                if (page.Length == 0)
                {
                    break;
                }

                paged.AddRange(page);
            }

            var expected = (order.IsDescending() ? paged.OrderByDescending(entry => entry.OrderValue) : paged.OrderBy(entry => entry.OrderValue))
                .ThenBy(entry => entry.Learner, StringComparer.Ordinal);
            Assert.Equal(expected, paged);
            Assert.Equal(30, paged.Select(entry => entry.Learner).Distinct().Count());
            Assert.All(paged, entry => Assert.Equal(
                order switch
                {
                    RosterOrder.LastActivityAscending or RosterOrder.LastActivityDescending => entry.LastActivityAtMs,
                    RosterOrder.ProgressAscending or RosterOrder.ProgressDescending => entry.Progress,
                    RosterOrder.GainDescending => entry.Reachable - entry.Probability,
                    _ => entry.Probability,
                },
                entry.OrderValue));
            Assert.All(paged, entry => Assert.InRange(entry.Reachable, entry.Probability, 1f));
        }

        var all = await _cluster.Roster(course).ListAsync(new(RosterOrder.ProbabilityAscending, 500, 0, null));
        var (low, high) = (all[5].Probability, all[15].Probability);
        var between = await _cluster.Roster(course).ListAsync(new(RosterOrder.ProbabilityAscending, 500, 0, null, low, high));
        Assert.Equal(all.Count(entry => entry.Probability >= low && entry.Probability <= high), between.Length);
        Assert.InRange(between.Length, 11, 29);
    }

    // Time-dependent figures, all shards asked to evaluate at the same instant: the clock stands still here.
    private async Task<CourseEngagement> AssertTimedAsync(CourseId course, Producer[] learners)
    {
        _cluster.Clock.Advance(TimeSpan.FromSeconds(2));
        var engagement = (await _cluster.Course(course).GetEngagementAsync())!;
        var asOfMs = _cluster.NowMs;
        var rows = await CourseTruth.RowsAsync(_cluster, course, IdsOf(learners), asOfMs);
        var expected = TimedSums.Evaluate(rows.Select(row => new EvaluatedRow(row, row.Probability, row.Band, DeviationOf(row))), engagement.Course, asOfMs);
        Assert.Equal(asOfMs, engagement.EvaluatedAtMs);
        Assert.Equal((expected.ActiveToday, expected.Active7Days), (engagement.Sums.Timed.ActiveToday, engagement.Sums.Timed.Active7Days));
        Assert.Equal(expected.ProbabilitySum, engagement.Sums.Timed.ProbabilitySum, 1e-4 * learners.Length);
        Assert.Equal(expected.Histogram, engagement.Sums.Timed.Histogram);
        Assert.Equal(expected.ProbabilityVariance, engagement.Sums.Timed.ProbabilityVariance, 1e-4 * learners.Length);
        Assert.Equal(expected.ProbabilitySpread, engagement.Sums.Timed.ProbabilitySpread, 1e-4 * learners.Length);
        Assert.Equal(rows.Count(row => row.Status == EnrolmentStatus.Active), engagement.Sums.Timed.Bands.Sum());
        return engagement;

        static float DeviationOf(RosterRow row) => row.Status == EnrolmentStatus.Active ? CourseTruth.Predictor.DeviationOf(row.Features) : 0;
    }

    private async Task<(CourseId Course, Producer[] Learners)> ClassAsync(int count)
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        return (course, [.. _cluster.NewLearners(count).Select(id => new Producer(_cluster, id, course))]);
    }

    private static LearnerId[] IdsOf(Producer[] learners) => [.. learners.Select(learner => learner.Key.Learner)];
}
