using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.EndToEndTests.Clients;

/// <summary>Changes reach those who watch.</summary>
[Collection(HostCollection.Name)]
public sealed class WatchTests(SharedHost host)
{
    // They take about a second; a busy machine takes longer.
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task WatchEngagement_NewEvent_ShowsIt()
    {
        const string course = "watch-101";
        await host.Client.Courses.UpsertCourseAsync(new() { Course = new() { CourseId = course } });
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var watch = host.Client.Courses.WatchEngagement(new() { CourseId = course }, cancellationToken: timeout.Token);
        Assert.True(await watch.ResponseStream.MoveNext(timeout.Token));
        Assert.Equal(0, watch.ResponseStream.Current.Engagement.Enrolled);

        timeout.CancelAfter(_deadline);
        await RecordAsync(Events.Liked("watch-ada", course, 0));

        while (watch.ResponseStream.Current.Engagement is not { Enrolled: 1, Likes: 1 })
            Assert.True(await watch.ResponseStream.MoveNext(timeout.Token));
    }

    [Fact]
    public async Task WatchLearner_Resumed_BeginsWithTheNewestState()
    {
        const string learner = "watch-bob";
        await RecordAsync(Events.Watched(learner, "watch-201", 0, 0, 10));
        var first = await NextAsync(new() { LearnerId = learner });
        Assert.Equal(1, first.Learner.EventCount);

        for (var i = 1; i <= 20; i++)
            await RecordAsync(Events.Watched(learner, "watch-201", i, i * 10, (i * 10) + 10));
        var resumed = await NextAsync(new() { LearnerId = learner, ResumeToken = first.ResumeToken });

        Assert.Equal(21, resumed.Learner.EventCount);
        Assert.Equal(210, Assert.Single(Assert.Single(resumed.Enrolments).Lessons).UniqueWatchedSeconds);
    }

    [Fact]
    public async Task WatchLearner_ResumedWhenNothingChanged_WaitsForTheNextChange()
    {
        const string learner = "watch-eve";
        await RecordAsync(Events.Watched(learner, "watch-201", 0, 0, 10));
        var first = await NextAsync(new() { LearnerId = learner });
        using var timeout = new CancellationTokenSource(_deadline);
        using var watch = host.Client.Learners.WatchLearner(new() { LearnerId = learner, ResumeToken = first.ResumeToken }, cancellationToken: timeout.Token);
        var next = watch.ResponseStream.MoveNext(timeout.Token);
        await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(500), timeout.Token));
        Assert.False(next.IsCompleted, "A message came although nothing had changed.");

        await RecordAsync(Events.Liked(learner, "watch-201", 1));

        Assert.True(await next);
        Assert.Equal(2, watch.ResponseStream.Current.Learner.EventCount);
    }

    private async Task<WatchLearnerResponse> NextAsync(WatchLearnerRequest request)
    {
        using var timeout = new CancellationTokenSource(_deadline);
        using var watch = host.Client.Learners.WatchLearner(request, cancellationToken: timeout.Token);
        Assert.True(await watch.ResponseStream.MoveNext(timeout.Token));
        return watch.ResponseStream.Current;
    }

    private async Task RecordAsync(Event e)
    {
        var answer = await host.Client.Engagement.RecordEventsAsync(new() { Events = { e } });
        Assert.Equal(EventStatus.Accepted, Assert.Single(answer.Results).Status);
    }
}
