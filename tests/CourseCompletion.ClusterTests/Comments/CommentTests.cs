using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Tones;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Grains.Abstractions.Comments;
using Xunit;

namespace CourseCompletion.ClusterTests.Comments;

public sealed class CommentTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    private ICommentModelGrain Model => _cluster.Grains.GetGrain<ICommentModelGrain>(TenantId.Default.Value);

    [Fact]
    public async Task Record_Comments_AreReadSummedAndListed()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learners = _cluster.NewLearners(3);
        var producers = learners.Select(learner => new Producer(_cluster, learner, course)).ToArray();
        await producers[0].SendUntilStoredAsync(Text(producers[0], "This is great, I love this course!"));
        await producers[1].SendUntilStoredAsync(
            Text(producers[1], "I don't understand this part, I am confused") with { Lesson = "lesson-1", PositionMs = 41_000 },
            producers[1].Make(EventKind.Withdrew) with { Text = "terrible, a waste of money" });
        await producers[2].SendUntilStoredAsync(Text(producers[2], "看不懂，这里讲得太快了") with { Lesson = "lesson-1", PositionMs = 41_500 });

        var sums = (await CourseTruth.AssertExactAsync(_cluster, course, learners)).Comments;
        Assert.Equal((3, 1), (sums.Counts.Texts, sums.Reasons));
        Assert.Equal(2, sums.Counts.Confused);
        Assert.Equal(2, sums.Lessons["lesson-1"].ConfusedAt[41]);
        Assert.Equal(sums.Counts, (await _cluster.Course(course).GetEngagementAsync())!.Sums.Comments.Counts);

        var all = await _cluster.Roster(course).ListCommentsAsync(new(10, null, false));
        Assert.Equal(3, all.Length);
        Assert.True(all.Single(comment => comment.Learner == learners[0].Value).Note.PositivePercent > 60);
        Assert.Equal(CommentLanguage.Chinese, all.Single(comment => comment.Learner == learners[2].Value).Note.Language);
        Assert.Equal(2, (await _cluster.Roster(course).ListCommentsAsync(new(10, "lesson-1", true))).Length);

        var reason = Assert.Single(await _cluster.Roster(course).ListCommentsAsync(new(10, null, false, Reasons: true)));
        Assert.Equal((learners[1].Value, "terrible, a waste of money"), (reason.Learner, reason.Excerpt));
        Assert.Equal((2, 1), (sums.Lessons["lesson-1"].TextsAt[41], (await _cluster.Course(course).GetEngagementAsync())!.Sums.Tones.Of(CommentTone.Discontent).Reasons));

        // A replay folds what was written down with the event.
        var before = (await _cluster.Roster(course).ListCommentsAsync(new(10, null, false))).Select(comment => (comment.Learner, comment.Note)).ToHashSet();
        await _cluster.DeactivateAsync(learners);
        await CourseTruth.AssertExactAsync(_cluster, course, learners);
        await _cluster.DeactivateAsync(_cluster.Roster(course));
        Assert.True(before.SetEquals((await _cluster.Roster(course).ListCommentsAsync(new(10, null, false))).Select(comment => (comment.Learner, comment.Note))));
    }

    [Fact]
    public async Task Record_RatingsAndAnswers_AreSummed()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var learners = _cluster.NewLearners(2);
        var producers = learners.Select(learner => new Producer(_cluster, learner, course)).ToArray();
        await producers[0].SendUntilStoredAsync(
            producers[0].Make(EventKind.Rated) with { Value = 5 },
            producers[0].Make(EventKind.Rated) with { ObjectId = NetPromoter.ObjectId, Value = 9 });
        await producers[1].SendUntilStoredAsync(
            producers[1].Make(EventKind.Rated) with { Value = 2, Lesson = "lesson-1" },
            producers[1].Make(EventKind.Rated) with { ObjectId = NetPromoter.ObjectId, Value = 0 });

        var sums = (await CourseTruth.AssertExactAsync(_cluster, course, learners)).Ratings;
        Assert.Equal(new NetPromoter(1, 0, 1), sums.Recommend);
        Assert.Equal((1, 5.0, 2.0), (sums.Course.Learners, sums.Course.Mean, sums.Lessons["lesson-1"].Mean));
    }

    [Fact]
    public async Task Learn_ALabel_ChangesHowCommentsAreReadFromThenOn()
    {
        const string text = "The flux capacitor chapter again, zorblax";
        var before = await Model.ReadAsync(text);
        Assert.False(before.Note.IsConfused);
        for (var i = 0; i < 8; i++)
        {
            await Model.LearnAsync(text, new(Confused: true));
        }

        var after = await Model.ReadAsync(text);
        Assert.True(after.Note.ConfusionPercent > before.Note.ConfusionPercent, $"{before.Note.ConfusionPercent} before, {after.Note.ConfusionPercent} after");
        Assert.True(after.Labels >= before.Labels + 8);
        await _cluster.DeactivateAsync(Model);
        Assert.Equal(after, await Model.ReadAsync(text));

        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        await _cluster.EventuallyAsync("the silos to read with what was taught", async () =>
        {
            var learner = _cluster.NewLearner();
            var producer = new Producer(_cluster, learner, course);
            await producer.SendUntilStoredAsync(Text(producer, text));
            _cluster.Clock.Advance(TimeSpan.FromSeconds(11));
            return (await _cluster.Roster(course).ListCommentsAsync(new(500, null, false))).Any(comment => comment.Note.ConfusionPercent == after.Note.ConfusionPercent);
        });
    }

    [Fact]
    public async Task Read_NothingToRead_IsRefused()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Model.ReadAsync("").AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Model.LearnAsync(new string('a', 4097), new(Positive: true)).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => Model.LearnAsync("text", default).AsTask());
    }

    private static LearnerEvent Text(Producer producer, string text) => producer.Make(EventKind.Commented) with { Text = text };
}
