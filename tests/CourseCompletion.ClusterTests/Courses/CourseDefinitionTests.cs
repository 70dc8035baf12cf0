using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Courses;

public sealed class CourseDefinitionTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Upsert_ChangedAgainAndAgain_MakesVersionsAndKeepsTheDayOfCreation()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());
        var first = await _cluster.DefineAsync(definition with { Version = 99, CreatedAtMs = 5, IsDraft = true });
        _cluster.Clock.Advance(TimeSpan.FromHours(1));
        var second = await _cluster.DefineAsync(definition with { Title = "Another title" });
        await _cluster.DeactivateAsync(_cluster.Course(definition.Course));

        Assert.Equal((1, false, first.UpdatedAtMs), (first.Version, first.IsDraft, first.CreatedAtMs));
        Assert.Equal((2, first.CreatedAtMs, first.UpdatedAtMs + 3_600_000), (second.Version, second.CreatedAtMs, second.UpdatedAtMs));
        var stored = await _cluster.Course(definition.Course).GetDefinitionAsync();
        Assert.Equal((2, "Another title", 2), (stored!.Version, stored.Title, stored.Lessons.Count));
    }

    [Fact]
    public async Task Upsert_NothingChanged_KeepsTheVersion()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());
        var first = await _cluster.DefineAsync(definition);
        _cluster.Clock.Advance(TimeSpan.FromHours(1));

        var again = await _cluster.Course(definition.Course).UpsertAsync(definition, null);

        Assert.Equal((1, first.UpdatedAtMs), (again.Definition!.Version, again.Definition.UpdatedAtMs));
    }

    [Fact]
    public async Task Upsert_AnotherVersionIsExpected_ChangesNothingAndSaysWhichIsCurrent()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());
        var course = _cluster.Course(definition.Course);

        var mustExist = await course.UpsertAsync(definition, 1);
        var created = await course.UpsertAsync(definition, 0);
        var mustNotExist = await course.UpsertAsync(definition with { Title = "x" }, 0);
        var updated = await course.UpsertAsync(definition with { Title = "y" }, 1);

        Assert.Equal((null, 0), (mustExist.Definition, mustExist.CurrentVersion));
        Assert.Equal(1, created.CurrentVersion);
        Assert.Equal((null, 1), (mustNotExist.Definition, mustNotExist.CurrentVersion));
        Assert.Empty(mustNotExist.Faults);
        Assert.Equal((2, "y"), (updated.CurrentVersion, (await course.GetDefinitionAsync())!.Title));
    }

    [Fact]
    public async Task Upsert_Malformed_NamesEveryFieldAndStoresNothing()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse()) with { TimeZone = "Mars/Olympus", StartsAtMs = 2, EndsAtMs = 1 };
        definition = definition with { Lessons = [.. definition.Lessons, definition.Lessons[0], definition.Lessons[0] with { Id = "w", Weight = 0 }] };

        var outcome = await _cluster.Course(definition.Course).UpsertAsync(definition, null);

        Assert.Equal((null, 0), (outcome.Definition, outcome.CurrentVersion));
        Assert.Equal(
            ["course.ends_at", "course.lessons[2].lesson_id", "course.lessons[3].weight", "course.time_zone"], outcome.Faults.Select(fault => fault.Field).Order());
        Assert.Null(await _cluster.Course(definition.Course).GetDefinitionAsync());
    }

    [Fact]
    public async Task Upsert_ManyAtOnce_GivesEachAVersionOfItsOwn()
    {
        var definition = CourseBuilder.Of(_cluster.NewCourse());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 10).Select(
            i => _cluster.Course(definition.Course).UpsertAsync(definition with { Title = $"title {i}" }, null).AsTask()));

        Assert.Equal(Enumerable.Range(1, 10).Select(version => (long)version), outcomes.Select(outcome => outcome.Definition!.Version).Order());
    }

    [Fact]
    public async Task Record_CourseNobodyDefined_MakesADraftThatAnUpsertReplaces()
    {
        var learner = new Producer(_cluster, _cluster.NewLearner(), _cluster.NewCourse());

        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(learner.Watched(0, 96)));
        var draft = await _cluster.Course(learner.Course).GetDefinitionAsync();
        await _cluster.DefineAsync(CourseBuilder.Of(learner.Course, lessons: 1));

        Assert.Equal((true, 1, 0), (draft!.IsDraft, draft.Version, draft.Lessons.Count));
        var enrolment = await _cluster.EventuallyAsync(
            "the learner to be seen under the definition", () => learner.EnrolmentAsync(), seen => seen.CompletedAtMs != 0 && seen.DefinitionVersion == 2);
        Assert.Equal((EnrolmentStatus.Completed, 1.0), (enrolment.Status, enrolment.Progress));
    }

    [Fact]
    public async Task Record_MoreUnknownCoursesThanTheQuota_RejectsUntilTheHourIsOver()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Courses:DraftsPerHourMax", "3"));
        var id = cluster.NewLearner();
        Producer[] courses = [.. Enumerable.Range(0, 5).Select(_ => new Producer(cluster, id, cluster.NewCourse()))];

        var outcome = await courses[0].RecordAsync([.. courses.Select(course => course.Make(EventKind.Shared))]);
        var defined = await cluster.DefineAsync(CourseBuilder.Of(courses[3].Course));
        cluster.Clock.Advance(TimeSpan.FromHours(1));
        var later = await courses[0].RecordAsync([.. courses.Select(course => course.Make(EventKind.Shared))]);

        Assert.Equal(
            [EventStatus.Accepted, EventStatus.Accepted, EventStatus.Accepted, EventStatus.Rejected, EventStatus.Rejected],
            outcome.Results.Select(result => result.Status));
        Assert.Equal((RejectionReason.DraftCourseLimit, "course_id"), (outcome.Results[4].Rejection!.Reason, outcome.Results[4].Rejection!.Field));
        Assert.Equal(1, defined.Version);
        Assert.All(later.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
    }

    [Fact]
    public async Task Record_DraftsAreNotAllowed_RejectsUnknownCoursesOnly()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Courses:AllowDrafts", "false"));
        var id = cluster.NewLearner();
        var known = new Producer(cluster, id, (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course);
        var unknown = new Producer(cluster, id, cluster.NewCourse());

        var outcome = await known.RecordAsync(known.Make(EventKind.Shared), unknown.Make(EventKind.Shared));

        Assert.Equal(EventStatus.Accepted, outcome.Results[0].Status);
        Assert.Equal((RejectionReason.UnknownCourse, "course_id"), (outcome.Results[1].Rejection!.Reason, outcome.Results[1].Rejection!.Field));
        Assert.Null(await cluster.Course(unknown.Course).GetDefinitionAsync());
    }

    [Fact]
    public async Task Record_RejectedEventsOfUnknownCourses_MakeNoDrafts()
    {
        await using var cluster = await EngineCluster.StartAsync(settings: ("Courses:DraftsPerHourMax", "1"));
        var id = cluster.NewLearner();
        Producer[] courses = [.. Enumerable.Range(0, 3).Select(_ => new Producer(cluster, id, cluster.NewCourse()))];

        var outcome = await courses[0].RecordAsync(
            courses[0].Make(EventKind.Shared, ago: TimeSpan.FromHours(-1)), courses[1].Make(EventKind.Commented) with { Text = null }, courses[2].Make(EventKind.Shared));

        Assert.Equal(
            [RejectionReason.InTheFuture, RejectionReason.MissingField, null], outcome.Results.Select(result => result.Rejection?.Reason));
        Assert.Null(await cluster.Course(courses[0].Course).GetDefinitionAsync());
        Assert.Null(await cluster.Course(courses[1].Course).GetDefinitionAsync());
        Assert.True((await cluster.Course(courses[2].Course).GetDefinitionAsync())!.IsDraft);
    }

    [Fact]
    public async Task GetEngagement_UnknownCourse_IsNothing()
    {
        var course = _cluster.Course(_cluster.NewCourse());

        Assert.Null(await course.GetEngagementAsync());
        Assert.Null(await course.WatchEngagementAsync(0, TimeSpan.FromSeconds(5)));
    }
}
