using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Learners;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.ClusterTests.Comments;

public sealed class SecondOpinionTests
{
    private const string Neutral = "zorblax";

    [Fact]
    public async Task Record_AnUnsureComment_IsReadAgainAndCountedAnew()
    {
        using var reader = new PausedReader();
        await using var cluster = await EngineCluster.StartAsync(reader);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learners = cluster.NewLearners(4);
        foreach (var learner in learners)
        {
            var producer = new Producer(cluster, learner, course);
            await producer.SendUntilStoredAsync(producer.Make(EventKind.Commented) with { Text = Neutral, Lesson = "lesson-1" });
        }

        var first = (await CourseTruth.AssertExactAsync(cluster, course, learners)).Comments.Counts;
        Assert.NotEqual(4 * 97, first.PositivePercent);

        reader.Resume();
        await cluster.EventuallyAsync("the second opinions to be counted", async () => (await CourseTruth.AssertExactAsync(cluster, course, learners)).Comments.Counts.PositivePercent == 4 * 97);
        var sums = (await CourseTruth.AssertExactAsync(cluster, course, learners)).Comments;
        Assert.Equal(first with { PositivePercent = 4 * 97 }, sums.Counts);
        Assert.Equal(4 * 97, sums.Lessons["lesson-1"].Counts.PositivePercent);
        Assert.All(await cluster.Roster(course).ListCommentsAsync(new(10, null, false)), comment => Assert.Equal(97, comment.Note.PositivePercent));

        // A replay folds what was written down.
        await cluster.DeactivateAsync(learners);
        Assert.Equal(sums.Counts, (await CourseTruth.AssertExactAsync(cluster, course, learners)).Comments.Counts);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(double.NaN)]
    public async Task Record_AReaderThatFails_LeavesTheFirstReading(double? answer)
    {
        using var reader = new PausedReader { Answer = answer };
        reader.Resume();
        await using var cluster = await EngineCluster.StartAsync(reader);
        var course = (await cluster.DefineAsync(CourseBuilder.Of(cluster.NewCourse()))).Course;
        var learner = cluster.NewLearner();
        var producer = new Producer(cluster, learner, course);
        await producer.SendUntilStoredAsync(producer.Make(EventKind.Commented) with { Text = Neutral });
        await cluster.EventuallyAsync("the reader to be asked", () => reader.Asked >= 1);
        reader.Answer = PausedReader.Content;
        await producer.SendUntilStoredAsync(producer.Make(EventKind.Commented) with { Text = Neutral });

        await cluster.EventuallyAsync("the second comment's opinion", async () =>
            (await CourseTruth.AssertExactAsync(cluster, course, [learner])).Comments.Counts is { Texts: 2, PositivePercent: > 97 and < 2 * 97 });
    }

    private sealed class PausedReader : ISecondCommentReader, IDisposable
    {
        public const double Content = 0.97;

        private readonly ManualResetEventSlim _mayRead = new();
        private int _asked;

        public int MarginPercent => 50;

        /// <summary>What it answers; null to fail.</summary>
        public double? Answer { get; set; } = Content;

        public int Asked => Volatile.Read(ref _asked);

        public void Resume() => _mayRead.Set();

        public double ReadPositive(string text)
        {
            Interlocked.Increment(ref _asked);
            _mayRead.Wait();
            return Answer ?? throw new InvalidOperationException("This reader fails.");
        }

        public void Dispose() => _mayRead.Dispose();
    }
}
