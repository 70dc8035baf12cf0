using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Courses;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

public sealed class CourseRefreshTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Upsert_ALessonBecomesRequired_ProgressFollowsForLearnersWithoutEvents()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());
        definition = definition with { Lessons = [definition.Lessons[0], definition.Lessons[1] with { Required = false }], Rule = new(CompletionRuleKind.Assessment, 1, "final") };
        var learners = await ClassAsync(definition, watchedSeconds: 96);
        Assert.All(await ListAsync(definition), entry => Assert.Equal(1, entry.Progress));

        await _cluster.DefineAsync(definition with { Lessons = [definition.Lessons[0], definition.Lessons[1] with { Required = true, Weight = 3 }] });

        await _cluster.EventuallyAsync(
            "every row to follow the definition", () => ListAsync(definition), entries => entries.Length == learners.Length && entries.All(entry => entry.Progress == 0.25));
        await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners);
    }

    [Fact]
    public async Task Upsert_ThresholdLoweredAndRaisedAgain_CompletesThoseWhoMeetItAndCompletionStays()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse(), lessons: 1);
        var learners = await ClassAsync(definition, watchedSeconds: 60);
        Assert.Equal(0, (await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners)).Completed);

        await _cluster.DefineAsync(definition with { Lessons = [definition.Lessons[0] with { CompletionThreshold = 0.5 }] });
        await CompletedAsync(definition, learners.Length);
        await _cluster.DefineAsync(definition with { Title = "Raised again" });
        await _cluster.EventuallyAsync(
            "the rows to be made anew under the third version",
            () => ListAsync(definition),
            entries => entries.All(entry => entry.Progress == 0 && entry.Status == EnrolmentStatus.Completed));

        Assert.Equal(learners.Length, (await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners)).Completed);
        await _cluster.DeactivateAsync(learners);
        await _cluster.DeactivateAsync(_cluster.Roster(definition.Course));
        await CompletedAsync(definition, learners.Length);
        Assert.All(
            await Task.WhenAll(learners.Select(id => new Producer(_cluster, id, definition.Course).EnrolmentAsync())),
            enrolment => Assert.Equal((EnrolmentStatus.Completed, 1f), (enrolment.Status, enrolment.Probability)));
    }

    [Fact]
    public async Task GetEngagement_RosterWasRestarted_HasTheSameFiguresFromItsStoredRows()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());
        var learners = await ClassAsync(definition, watchedSeconds: 97);
        await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners);
        await _cluster.ToldAsync();
        await _cluster.DeactivateAsync(learners);

        await _cluster.DeactivateAsync(_cluster.Roster(definition.Course));
        await _cluster.DeactivateAsync(_cluster.Course(definition.Course));

        await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners);
        Assert.All(learners, id => Assert.Null(_cluster.SiloOf(_cluster.Learner(id))));
    }

    private async Task<LearnerId[]> ClassAsync(CourseDefinition definition, int watchedSeconds)
    {
        await _cluster.DefineAsync(definition);
        var learners = _cluster.NewLearners(40);
        foreach (var learner in learners.Select(id => new Producer(_cluster, id, definition.Course)))
        {
            await learner.SendAsync(learner.Watched(0, watchedSeconds));
        }

        await CourseTruth.AssertExactAsync(_cluster, definition.Course, learners);
        return learners;
    }

    private Task<CourseEngagement?> CompletedAsync(CourseDefinition definition, int count) => _cluster.EventuallyAsync(
        $"{count} learners to have completed",
        () => _cluster.Course(definition.Course).GetEngagementAsync().AsTask(),
        engagement => engagement!.Sums.Completed == count && engagement.Sums.Enrolled == count);

    private async Task<RosterEntry[]> ListAsync(CourseDefinition definition) =>
        await _cluster.Roster(definition.Course).ListAsync(new(RosterOrder.ProgressAscending, 500, 0, null));
}
