using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.Domain.Recommendations;
using Xunit;

namespace CourseCompletion.ClusterTests.Profiles;

/// <summary>A learner's profile and next clips, from events to what is read, before and after the grain was read back.</summary>
public sealed class LearningProfileTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task GetProfileAsync_AfterStudying_HasWhatWasSeen()
    {
        var course = _cluster.NewCourse();
        var definition = CourseBuilder.Of(course, 4);
        await _cluster.DefineAsync(definition with { Lessons = [.. definition.Lessons.Select((lesson, i) => i == 3 ? lesson with { DueAtMs = _cluster.NowMs - (3 * LearnerTime.DayMs) } : lesson)] });
        var learner = _cluster.NewLearner();
        var producer = new Producer(_cluster, learner, course);
        Assert.Empty((await producer.Grain.SetPreferencesAsync(LearnerPreferences.None with { TimeZone = "Asia/Kolkata" })).Faults);
        await producer.SendUntilStoredAsync(
            producer.Watched(0, 100),
            producer.Watched(0, 100, "lesson-2"),
            producer.Watched(10, 90, "lesson-2"),
            producer.Watched(0, 50, "lesson-3"),
            producer.Make(EventKind.CheckedIn),
            producer.Make(EventKind.QuestionAsked));

        await CheckAsync();
        await _cluster.DeactivateAsync([learner]);
        await CheckAsync();

        async Task CheckAsync()
        {
            var profile = (await producer.ProfileAsync()).Learning!;
            Assert.Equal(("Asia/Kolkata", 250_000, 80_000), (profile.Rhythm.TimeZone, profile.UniqueMs, profile.RewatchedMs));
            Assert.Equal((new CheckInRecord(1, 1, 1), 1), Assert.Single(profile.Courses) is var record ? (record.CheckIns!, record.OpenQuestions) : default);
            Assert.Equal(("lesson-1", StrengthReason.WatchedOnce), Assert.Single(profile.Strengths) is var strength ? (strength.Lesson, strength.Reason) : default);
            Assert.Equal([(GapReason.Rewatched, "lesson-2"), (GapReason.Overdue, "lesson-4")], profile.Gaps.Select(gap => (gap.Reason, gap.Lesson)));

            var clips = (await producer.Grain.GetNextClipsAsync(course, 20))!;
            Assert.Equal(
                [("lesson-4", NextClipReason.Overdue, 0), ("lesson-3", NextClipReason.Continue, 50_000), ("lesson-2", NextClipReason.Revisit, 10_000)],
                clips.Select(clip => (clip.Lesson, clip.Reason, clip.StartMs)));
        }
    }

    [Fact]
    public async Task GetNextClipsAsync_NotEnrolledOrMalformed_IsNothing()
    {
        var producer = new Producer(_cluster, _cluster.NewLearner(), _cluster.NewCourse());

        Assert.Null(await producer.Grain.GetNextClipsAsync(producer.Course, 5));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await producer.Grain.GetNextClipsAsync(producer.Course, 21));
    }
}
