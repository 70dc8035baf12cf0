using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.ClusterTests.Stores;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Courses;
using CourseCompletion.Grains.Abstractions.Learners;
using Orleans.Serialization;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

public sealed class LearnerDurabilityTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    private JournalFaults Faults => _cluster.Store.Faults;

    [Fact]
    public async Task Record_AppendFails_RetriesAndTheResendIsAcceptedOnce()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var e = learner.Watched(0, 100);

        Faults.FailNext(learner.Key);
        var failed = await learner.RecordAsync(e, learner.Make(EventKind.Unspecified));
        var resent = await learner.SendUntilStoredAsync(e);

        Assert.All(failed.Results, result => Assert.Equal(EventStatus.Retry, result.Status));
        Assert.Empty(failed.Scores);
        Assert.Equal([EventStatus.Accepted], resent);
        var profile = await learner.ProfileAsync();
        Assert.Equal((2, 2), (profile.EventCount, profile.Version.Sequence));
        Assert.Equal(100_000, Assert.Single(profile.Enrolments).Lessons[0].UniqueMs);
    }

    [Fact]
    public async Task Record_AppendFails_NothingUnstoredIsEverRead()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));

        Faults.FailNext(learner.Key);
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var profile = await _cluster.EventuallyAsync("a read after the failed append", learner.ProfileAsync, _ => true);

        Assert.Equal((1, 1), (profile.EventCount, profile.Version.Sequence));
    }

    [Fact]
    public async Task Record_AppendAppliedButReportedFailed_TheResendIsDuplicateAndCountsAreExact()
    {
        var learner = await NewProducerAsync();
        var e = learner.Watched(0, 100);

        Faults.FailNextThoughApplied(learner.Key);
        var failed = await learner.SendAsync(e);
        var resent = await learner.SendUntilStoredAsync(e);

        Assert.Equal([EventStatus.Retry], failed);
        Assert.Equal([EventStatus.Duplicate], resent);
        Assert.Equal(1, (await learner.ProfileAsync()).EventCount);
        await CourseTruth.AssertExactAsync(_cluster, learner.Course, [learner.Key.Learner]);
    }

    [Fact]
    public async Task Record_AnotherActivationWroteFirst_GivesWayAndBuildsOnWhatTheOtherWrote()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var others = learner.Make(EventKind.Shared);
        var frame = new LearnerFrame(2, _cluster.NowMs, 1, "prior-1", [others], null, [new(learner.Course, 1, 0.5f, false)]);
        await _cluster.Store.Journal.AppendAsync(new(learner.Key, 1, frame.Encode(new PayloadWriter()), []), CancellationToken.None);

        var mine = learner.Make(EventKind.Commented);
        var fenced = await learner.SendAsync(mine);
        var resent = await learner.SendUntilStoredAsync(mine, others);

        Assert.Equal([EventStatus.Retry], fenced);
        Assert.Equal([EventStatus.Accepted, EventStatus.Duplicate], resent);
        var profile = await learner.ProfileAsync();
        Assert.Equal((3, 3), (profile.EventCount, profile.Version.Sequence));
    }

    [Fact]
    public async Task Record_CallsWaitBehindAnAppend_GoIntoTheNextOneTogether()
    {
        var learner = await NewProducerAsync();
        var stall = Faults.StallNext(learner.Key);
        var first = learner.SendAsync(learner.Make(EventKind.Commented));
        await stall.Reached;

        var waiting = Enumerable.Range(0, 40).Select(_ => learner.SendAsync(learner.Make(EventKind.Shared))).ToArray();
        await ArrivedAsync(learner, nameof(ILearnerGrain.RecordAsync), 41);
        stall.Release();

        Assert.All(await Task.WhenAll([first, .. waiting]), fates => Assert.Equal([EventStatus.Accepted], fates));
        Assert.Equal(2, Faults.AppendsOf(learner.Key));
        Assert.Equal((41, 2), ((await learner.ProfileAsync()).EventCount, (await learner.ProfileAsync()).Version.Sequence));
    }

    [Fact]
    public async Task Record_MoreThan256EventsWait_TheRestIsToldToComeAgain()
    {
        var learner = await NewProducerAsync();
        var stall = Faults.StallNext(learner.Key);
        var first = learner.SendAsync(learner.Make(EventKind.Commented));
        await stall.Reached;

        var fitting = learner.SendAsync(learner.Many(EventKind.Shared, 256));
        await ArrivedAsync(learner, nameof(ILearnerGrain.RecordAsync), 2);
        var extra = learner.Make(EventKind.Shared);
        var refused = await learner.SendAsync(extra);
        stall.Release();

        Assert.Equal([EventStatus.Retry], refused);
        Assert.Equal([EventStatus.Accepted], await first);
        Assert.All(await fitting, fate => Assert.Equal(EventStatus.Accepted, fate));
        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(extra));
        Assert.Equal(258, (await learner.ProfileAsync()).EventCount);
    }

    [Fact]
    public async Task Record_MoreThan256EmptyBatchesWait_AreBoundedToo()
    {
        var learner = await NewProducerAsync();
        var stall = Faults.StallNext(learner.Key);
        var first = learner.SendAsync(learner.Make(EventKind.Commented));
        await stall.Reached;

        var empty = Enumerable.Range(0, 300).Select(_ => learner.SendAsync()).ToArray();
        await ArrivedAsync(learner, nameof(ILearnerGrain.RecordAsync), 301);
        await _cluster.EventuallyAsync("those over the cap to be answered", () => empty.Count(call => call.IsCompleted) == 300 - 256);
        stall.Release();
        await Task.WhenAll([first, .. empty]);
    }

    [Fact]
    public async Task GetProfile_WhileAnAppendIsUnderWay_WaitsForIt()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var stall = Faults.StallNext(learner.Key);
        var record = learner.SendAsync(learner.Watched(0, 50));
        await stall.Reached;

        var profile = learner.ProfileAsync();
        var enrolment = learner.EnrolmentAsync();
        await ArrivedAsync(learner, nameof(ILearnerGrain.GetEnrolmentAsync), 1);
        await ArrivedAsync(learner, nameof(ILearnerGrain.GetProfileAsync), 1);
        Assert.False(profile.IsCompleted || enrolment.IsCompleted, "A read answered while what is in memory was not stored.");
        stall.Release();

        await record;
        Assert.Equal((2, 2), ((await profile).EventCount, (await profile).Version.Sequence));
        Assert.Equal(50_000, (await enrolment).Lessons[0].UniqueMs);
    }

    [Fact]
    public async Task GetProfile_TheAppendItWaitsForFails_FailsToo()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var stall = Faults.StallNext(learner.Key);
        var record = learner.SendAsync(learner.Make(EventKind.Commented));
        await stall.Reached;
        var profile = learner.ProfileAsync();
        await ArrivedAsync(learner, nameof(ILearnerGrain.GetProfileAsync), 1);

        // The stalled append is overtaken by another activation's.
        var frame = new LearnerFrame(2, _cluster.NowMs, 1, "prior-1", [learner.Make(EventKind.Shared)], null, []);
        await _cluster.Store.Journal.AppendAsync(new(learner.Key, 1, frame.Encode(new PayloadWriter()), []), CancellationToken.None);
        stall.Release();

        Assert.Equal([EventStatus.Retry], await record);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => profile);
        Assert.Contains("try again", failure.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(StoreUnavailableException), (failure as UnavailableExceptionFallbackException)?.ExceptionType ?? failure.GetType().Name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetProfile_MoreThan256ReadsWait_TheRestIsRefused()
    {
        var learner = await NewProducerAsync();
        var stall = Faults.StallNext(learner.Key);
        var record = learner.SendAsync(learner.Make(EventKind.Commented));
        await stall.Reached;

        var reads = Enumerable.Range(0, 300).Select(_ => learner.ProfileAsync()).ToArray();
        await _cluster.EventuallyAsync("the reads over the cap to be refused", () => reads.Count(read => read.IsFaulted) == 300 - 256);
        stall.Release();

        await record;
        Assert.All(await Task.WhenAll(reads.Where(read => !read.IsFaulted)), profile => Assert.Equal(1, profile.EventCount));
    }

    [Fact]
    public async Task Watch_DuringTheAppendThatBeginsAnEnrolment_ShowsThatEnrolment()
    {
        var learner = await NewProducerAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var begun = new Producer(_cluster, learner.Key.Learner, _cluster.NewCourse());
        var stall = new Stall();
        _cluster.Calls.Before<ICourseGrain>(nameof(ICourseGrain.AdmitAsync), stall.WaitAsync);

        var record = begun.SendAsync(begun.Make(EventKind.Commented));
        await stall.Reached;
        var change = learner.Grain.WatchAsync(LearnerVersion.None, TimeSpan.FromSeconds(5)).AsTask();
        var profile = learner.ProfileAsync();
        await ArrivedAsync(learner, nameof(ILearnerGrain.WatchAsync), 1);
        await ArrivedAsync(learner, nameof(ILearnerGrain.GetProfileAsync), 1);
        _cluster.Calls.Clear();
        stall.Release();

        Assert.Equal([EventStatus.Accepted], await record);
        Assert.Equal((2, 2), ((await change)!.Version.Sequence, (await change)!.Enrolments.Length));
        Assert.Equal((2, 2), ((await profile).Version.Sequence, (await profile).Enrolments.Length));
    }

    [Fact]
    public async Task ResetWatermark_SeveralWaitTogetherWithEvents_ReplayGivesTheSameState()
    {
        var course = (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;
        var id = _cluster.NewLearner();
        Producer[] sources = [.. Enumerable.Range(0, 3).Select(number => new Producer(_cluster, id, course, $"source-{number}"))];
        foreach (var source in sources)
        {
            var ahead = source.Make(EventKind.Commented, ago: TimeSpan.FromDays(-400));
            await source.Grain.RecordAsync(new EventBatch([ahead], ahead.OccurredAtMs));
        }

        var stall = Faults.StallNext(sources[0].Key);
        var first = sources[0].Make(EventKind.Shared, ago: TimeSpan.FromDays(-399));
        var calls = new List<Task> { sources[0].Grain.RecordAsync(new EventBatch([first], first.OccurredAtMs)).AsTask() };
        await stall.Reached;
        foreach (var source in sources)
        {
            calls.Add(source.Grain.ResetWatermarkAsync($"source-{Array.IndexOf(sources, source)}").AsTask());
            calls.Add(source.SendAsync(source.Make(EventKind.Shared)));
        }

        await ArrivedAsync(sources[0], nameof(ILearnerGrain.ResetWatermarkAsync), 3);
        await ArrivedAsync(sources[0], nameof(ILearnerGrain.RecordAsync), 7);
        stall.Release();
        await Task.WhenAll(calls);

        var lived = await sources[0].ProfileAsync();
        await _cluster.DeactivateAsync(sources[0].Grain);
        var replayed = await sources[0].ProfileAsync();
        Assert.Equal(lived.Sources, replayed.Sources);
        Assert.All(replayed.Sources, source => Assert.True(source.FloorAtMs < _cluster.NowMs, $"{source.Name} is still deaf."));
    }

    private Task ArrivedAsync(Producer learner, string method, int count) =>
        _cluster.EventuallyAsync($"{count} calls of {method} to arrive", () => _cluster.Calls.ArrivalsOf(learner.Grain, method) == count);

    private async Task<Producer> NewProducerAsync() =>
        new(_cluster, _cluster.NewLearner(), (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course);
}
