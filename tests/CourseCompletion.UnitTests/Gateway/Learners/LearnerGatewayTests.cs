using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using Google.Rpc;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Learners;

public sealed class LearnerGatewayTests : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    private readonly FakeLearners _learners = new();
    private readonly FakeLifetime _lifetime = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeMilliseconds(1_767_607_200_123));
    private readonly LearnerGateway _gateway;

    public LearnerGatewayTests()
    {
        var options = Options.Create(new GatewayOptions { WatchInterval = TimeSpan.Zero });
        var watch = new GrainWatch(options, _lifetime, _time);
        _gateway = new(_learners, new(watch, _time), new(watch), options, _time);
    }

    public void Dispose() => _lifetime.Dispose();

    [Fact]
    public async Task GetLearner_Known_IsShown()
    {
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7, LearnerViewBuilder.Enrolment("c1"), LearnerViewBuilder.Enrolment("c2", EnrolmentStatus.Prospect)));

        var learner = (await _gateway.GetLearner(new() { LearnerId = "l1" }, new FakeCall())).Learner;

        Assert.Equal(("l1", 7, "app"), (learner.LearnerId, learner.EventCount, learner.Sources[0].Name));
        Assert.Equal(0.25, learner.Enrolments[0].Completion.Probability);
        Assert.Null(learner.Enrolments[1].Completion);
    }

    [Fact]
    public async Task SetPreferences_ThenRead_AreTheSame()
    {
        var preferences = new Wire.LearnerPreferences
        {
            TimeZone = "Asia/Shanghai",
            DayStartMinutes = 240,
            Locale = "zh-CN",
            Channels = { Wire.NudgeChannel.InApp, Wire.NudgeChannel.Email },
            Email = "ana@example.org",
            QuietFromMinute = 0,
            QuietToMinute = 0,
            PerDayMax = 1,
            PerWeekMax = 2,
            OptedOut = { Wire.NudgePurpose.Deadline },
            DeclinesExperiments = true,
            AnswersInQuietHours = true,
            ReminderMinute = 0,
        };

        await _gateway.SetPreferences(new() { LearnerId = "l1", Preferences = preferences }, new FakeCall());

        Assert.Equal(preferences, (await _gateway.GetPreferences(new() { LearnerId = "l1" }, new FakeCall())).Preferences);
    }

    [Fact]
    public async Task SetPreferences_Malformed_NamesEveryField()
    {
        var preferences = new Wire.LearnerPreferences { TimeZone = "Mars/Olympus", QuietFromMinute = 1_440, ReminderMinute = -1, Channels = { Wire.NudgeChannel.Email }, OptedOut = { (Wire.NudgePurpose)77 } };

        var error = await Assert.ThrowsAsync<RpcException>(() => _gateway.SetPreferences(new() { LearnerId = "l1", Preferences = preferences }, new FakeCall()));

        Assert.Equal(
            ["preferences.time_zone", "preferences.quiet_from_minute", "preferences.reminder_minute", "preferences.email", "preferences.opted_out[0]"],
            error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field));
    }

    [Fact]
    public async Task GetCheckIns_Known_IsShownWithTheLearnersDay()
    {
        _learners["l1"].CheckIns = new(CheckInsStatus.Found, new(20_000, 3, 9, 2, false, true, false, 1, 2, true), 5);

        var checkIns = (await _gateway.GetCheckIns(new() { LearnerId = "l1", CourseId = "c1" }, new FakeCall())).CheckIns;

        Assert.Equal(
            new Wire.CheckIns
            {
                Today = "2024-10-04",
                CheckedInToday = true,
                CurrentStreak = 3,
                LongestStreak = 9,
                AtRisk = true,
                DaysThisWeek = 2,
                WeeklyGoal = 5,
                FreezesLeft = 1,
                CardsLeft = 2,
            },
            checkIns);
    }

    [Theory]
    [InlineData(CheckInsStatus.NoEnrolment, "c1", StatusCode.NotFound)]
    [InlineData(CheckInsStatus.NoCampaign, "c1", StatusCode.NotFound)]
    [InlineData(CheckInsStatus.Found, "", StatusCode.InvalidArgument)]
    public async Task GetCheckIns_NotThereOrMalformed_IsRefused(CheckInsStatus status, string course, StatusCode code)
    {
        _learners["l1"].CheckIns = new(status, default, 0);

        var error = await Assert.ThrowsAsync<RpcException>(
            () => _gateway.GetCheckIns(new() { LearnerId = "l1", CourseId = course, CampaignId = "daily" }, new FakeCall()));

        Assert.Equal(code, error.StatusCode);
    }

    [Fact]
    public async Task MarkNudge_Sent_IsRecordedUnderAnIdOfItsOwn()
    {
        _learners["l1"].Nudges = [new() { Nudge = new('a', 32), Campaign = "c", Occurrence = "o", Course = "algebra" }];

        await _gateway.MarkNudge(new() { LearnerId = "l1", NudgeId = new('a', 32), Mark = Wire.NudgeMark.Opened }, new FakeCall());

        var marked = Assert.Single(Assert.Single(_learners["l1"].Batches).Events);
        Assert.Equal((EventKind.NudgeOpened, "algebra", new string('a', 32)), (marked.Kind, marked.Course.Value, marked.ObjectId));
    }

    [Fact]
    public async Task MarkNudge_NotSent_IsNotFound()
    {
        var error = await Assert.ThrowsAsync<RpcException>(
            () => _gateway.MarkNudge(new() { LearnerId = "l1", NudgeId = new('a', 32), Mark = Wire.NudgeMark.Opened }, new FakeCall()));

        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    [Fact]
    public async Task GetEnrolment_Known_HasCountsLessonsAndFeaturesWhenAskedFor()
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1"));
        var request = new Wire.GetEnrolmentRequest { LearnerId = "l1", CourseId = "c1" };

        var enrolment = (await _gateway.GetEnrolment(request, new FakeCall())).Enrolment;
        request.IncludeFeatures = true;
        var withFeatures = (await _gateway.GetEnrolment(request, new FakeCall())).Enrolment;

        Assert.Equal("00000000000000ab", enrolment.FactHash);
        Assert.Equal(
            [(Wire.ReasonGround.Silence, "no activity for 6 days, usually 1.5 days", -0.25), (Wire.ReasonGround.Time, "half of the time has passed", 0.125)],
            enrolment.Completion.Reasons.Select(reason => (reason.Ground, reason.Text, reason.Contribution)));
        Assert.Equal((Wire.CompletionBand.Slipping, 0.125, 0.375), (enrolment.Completion.Band, enrolment.Completion.ProbabilityLow, enrolment.Completion.ProbabilityHigh));
        Assert.Equal((2, 0.25, 0.75), (enrolment.Completion.Stop.WeeksAhead, enrolment.Completion.Stop.Probability, enrolment.Completion.Stop.ByTheEnd));
        Assert.Equal(("complete two lessons this week", 0.5), (enrolment.Completion.NextStep.Text, enrolment.Completion.NextStep.Probability));
        Assert.Equal((101, (long)EventKind.Commented, (long)EventKind.Forwarded, 0.75), (enrolment.Counts.Likes, enrolment.Counts.Comments, enrolment.Counts.Forwards, enrolment.Counts.MeanScoreShare));
        Assert.Equal((1.5, 2.5, 10), (enrolment.Lessons[0].UniqueWatchedSeconds, enrolment.Lessons[0].TotalWatchedSeconds, enrolment.Lessons[0].LengthSeconds));
        Assert.Null(enrolment.Features);
        Assert.Equal("hours_silent", withFeatures.Features.Features[30].Name);
    }

    [Fact]
    public async Task GetLearner_UnknownTooEarlyOrUnnamed_IsAnError()
    {
        Assert.Equal(StatusCode.NotFound, (await ErrorAsync(() => _gateway.GetLearner(new() { LearnerId = "l1" }, new FakeCall()))).StatusCode);
        Assert.Equal(StatusCode.InvalidArgument, (await ErrorAsync(() => _gateway.GetLearner(new(), new FakeCall()))).StatusCode);

        _learners["l1"].Profile = new(AnswerStatus.TooEarly, null, 1_767_607_200_123);
        var tooEarly = await ErrorAsync(() => _gateway.GetLearner(new() { LearnerId = "l1", AsOf = new() { Seconds = 1 } }, new FakeCall()));
        Assert.Equal(StatusCode.OutOfRange, tooEarly.StatusCode);
        var details = tooEarly.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal(("AS_OF_TOO_EARLY", "2026-01-05T10:00:00.123Z"), (details.Reason, details.Metadata["newest_event_at"]));
    }

    [Fact]
    public async Task EnrolLearner_WithoutTime_IsAnEventOfNow()
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1"));

        var response = await _gateway.EnrolLearner(new() { LearnerId = "l1", CourseId = "c1", RequestId = "r1" }, new FakeCall());

        Assert.Equal(Wire.EnrolmentStatus.Active, response.Enrolment.Status);
        Assert.Equal(
            new LearnerEvent { Source = "coursecompletion/api", EventId = "enrol:r1", Course = new("c1"), Kind = EventKind.Enrolled, OccurredAtMs = 1_767_607_200_123 },
            Assert.Single(Assert.Single(_learners["l1"].Batches).Events));
    }

    [Fact]
    public async Task WithdrawLearner_WithTimeAndReason_KeepsBoth()
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1", EnrolmentStatus.Withdrawn));

        await _gateway.WithdrawLearner(
            new() { LearnerId = "l1", CourseId = "c1", RequestId = "r1", OccurredAt = new() { Seconds = 1_767_000_000 }, Reason = "moved" }, new FakeCall());

        var sent = Assert.Single(Assert.Single(_learners["l1"].Batches).Events);
        Assert.Equal("withdraw:r1", sent.EventId);
        Assert.Equal((EventKind.Withdrew, 1_767_000_000_000, "moved"), (sent.Kind, sent.OccurredAtMs, sent.Text));
    }

    [Theory]
    [InlineData(119, true)]
    [InlineData(120, false)]
    public async Task WithdrawLearner_LongRequestId_MustLeaveRoomForTheEventsId(int bytes, bool fits)
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1"));
        var request = new Wire.WithdrawLearnerRequest { LearnerId = "l1", CourseId = "c1", RequestId = new('r', bytes) };

        var error = await Record.ExceptionAsync(() => _gateway.WithdrawLearner(request, new FakeCall())) as RpcException;

        Assert.Equal(fits ? null : StatusCode.InvalidArgument, error?.StatusCode);
        Assert.Equal(fits ? null : "request_id", error?.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations[0].Field);
    }

    [Fact]
    public async Task GetEnrolment_Known_CarriesTheLearnersVersion()
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1")) with { Version = new(3, 14) };

        var read = await _gateway.GetEnrolment(new() { LearnerId = "l1", CourseId = "c1" }, new FakeCall());
        var enrolled = await _gateway.EnrolLearner(new() { LearnerId = "l1", CourseId = "c1", RequestId = "r1" }, new FakeCall());

        Assert.Equal(ResumeToken.Of(new LearnerVersion(3, 14)), read.Enrolment.Version);
        Assert.Equal(read.Enrolment.Version, enrolled.Enrolment.Version);
    }

    [Fact]
    public async Task GetEnrolment_LessonThatWasNotWatched_SaysWhenItWasTouched()
    {
        _learners["l1"].Enrolment = Found(LearnerViewBuilder.Enrolment("c1") with { Lessons = [new("x", 0, 0, 10_000, 0, true, 1_000)] });

        var enrolment = (await _gateway.GetEnrolment(new() { LearnerId = "l1", CourseId = "c1" }, new FakeCall())).Enrolment;

        Assert.Equal(1, enrolment.Lessons[0].FirstTouchedAt.Seconds);
    }

    [Theory]
    [InlineData((int)RejectionReason.InvalidField, "withdrew.reason", StatusCode.InvalidArgument, "reason")]
    [InlineData((int)RejectionReason.MissingField, "event_id", StatusCode.InvalidArgument, "request_id")]
    [InlineData((int)RejectionReason.InTheFuture, "occurred_at", StatusCode.InvalidArgument, "occurred_at")]
    [InlineData((int)RejectionReason.TooLate, "occurred_at", StatusCode.FailedPrecondition, "occurred_at")]
    [InlineData((int)RejectionReason.UnknownCourse, "course_id", StatusCode.NotFound, null)]
    [InlineData((int)RejectionReason.LimitExceeded, "course_id", StatusCode.ResourceExhausted, "course_id")]
    [InlineData((int)RejectionReason.DraftCourseLimit, "course_id", StatusCode.ResourceExhausted, "course_id")]
    public async Task EnrolLearner_Rejected_NamesTheRequestsField(int reason, string field, StatusCode code, string? requestField)
    {
        _learners["l1"].OnRecord = _ => new(
            new RecordOutcome([new(EventStatus.Rejected, false, new((RejectionReason)reason, field, "No."))], []));

        var error = await ErrorAsync(() => _gateway.EnrolLearner(new() { LearnerId = "l1", CourseId = "c1", RequestId = "r1" }, new FakeCall()));

        Assert.Equal(code, error.StatusCode);
        Assert.Equal(requestField, error.GetRpcStatus()!.GetDetail<BadRequest>()?.FieldViolations[0].Field);
        Assert.Null(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task EnrolLearner_NotKnownToBeDurable_IsUnavailable()
    {
        _learners["l1"].OnRecord = _ => new(new RecordOutcome([EventOutcome.Retry], []));

        var error = await ErrorAsync(() => _gateway.EnrolLearner(new() { LearnerId = "l1", CourseId = "c1", RequestId = "r1" }, new FakeCall()));

        Assert.Equal(StatusCode.Unavailable, error.StatusCode);
        Assert.NotNull(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task ResetWatermark_UnknownLearnerOrSource_IsNotFound()
    {
        var request = new Wire.ResetWatermarkRequest { LearnerId = "l1", Source = "web" };
        Assert.Equal(StatusCode.NotFound, (await ErrorAsync(() => _gateway.ResetWatermark(request, new FakeCall()))).StatusCode);

        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7));
        Assert.Equal(StatusCode.NotFound, (await ErrorAsync(() => _gateway.ResetWatermark(request, new FakeCall()))).StatusCode);
        request.Source = "app";
        Assert.Equal("app", Assert.Single((await _gateway.ResetWatermark(request, new FakeCall())).Sources).Name);
    }

    [Fact]
    public async Task WatchLearner_Changes_ComeWithTokensAndSurviveFaults()
    {
        var changes = new Queue<Func<LearnerChange?>>(
        [
            () => new(new(1, 1), [LearnerViewBuilder.Enrolment("c1")], true),
            () => throw new TimeoutException(),
            () => new(new(1, 2), [LearnerViewBuilder.Enrolment("c2")], false),
            () => new(new(1, 3), [LearnerViewBuilder.Enrolment("c1")], false),
        ]);
        var seen = new List<LearnerVersion>();
        var rest = new TaskCompletionSource<LearnerChange?>();
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(3));
        _learners["l1"].OnWatch = version =>
        {
            seen.Add(version);
            return changes.TryDequeue(out var change) ? new(change()) : new(rest.Task);
        };
        var responses = new FakeResponses<Wire.WatchLearnerResponse>();
        var watching = _gateway.WatchLearner(
            new() { LearnerId = "l1", CourseId = "c1", ResumeToken = ResumeToken.Of(new LearnerVersion(1, 9)) }, responses, new FakeCall());

        var first = await responses.NextAsync();
        await Eventually.HoldsAsync(() => seen.Count == 5, "five questions were asked", () => _time.Advance(TimeSpan.FromMilliseconds(100)));
        var second = await responses.NextAsync();
        _lifetime.StopApplication();
        var end = await ErrorAsync(() => watching.WaitAsync(_patience));

        // The change of another course is passed over, the fault is asked about again.
        Assert.Equal([new(1, 9), new(1, 1), new(1, 1), new(1, 2), new(1, 3)], seen);
        Assert.Equal((ResumeToken.Of(new LearnerVersion(1, 1)), ResumeToken.Of(new LearnerVersion(1, 3))), (first.ResumeToken, second.ResumeToken));
        Assert.Equal("c1", Assert.Single(second.Enrolments).CourseId);
        Assert.Equal(StatusCode.Unavailable, end.StatusCode);
        Assert.NotNull(end.GetRpcStatus()!.GetDetail<RetryInfo>());
    }

    [Fact]
    public async Task WatchLearner_ProfileNewerThanTheChange_CarriesTheVersionToResumeFrom()
    {
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7, LearnerViewBuilder.Enrolment("c1")));
        var changes = new Queue<LearnerChange>([new(new(1, 6), [LearnerViewBuilder.Enrolment("c1")], true)]);
        _learners["l1"].OnWatch = _ => changes.TryDequeue(out var change) ? new(change) : new(new TaskCompletionSource<LearnerChange?>().Task);
        var responses = new FakeResponses<Wire.WatchLearnerResponse>();
        var watching = _gateway.WatchLearner(new() { LearnerId = "l1" }, responses, new FakeCall());

        var message = await responses.NextAsync();

        var token = ResumeToken.Of(new LearnerVersion(1, 6));
        Assert.Equal((token, token, token), (message.ResumeToken, message.Learner.Version, message.Enrolments[0].Version));
        _lifetime.StopApplication();
        await ErrorAsync(() => watching.WaitAsync(_patience));
    }

    // Nothing happens to the learner, but silence takes the band of one course down.
    [Fact]
    public async Task WatchLearner_SilenceChangesABand_IsTold()
    {
        var (still, falls) = (LearnerViewBuilder.Enrolment("c1") with { Band = CompletionBand.OnTrack }, LearnerViewBuilder.Enrolment("c2") with { Band = CompletionBand.OnTrack });
        var version = new LearnerVersion(1, 6);
        var changes = new Queue<LearnerChange>([new(version, [still, falls], true)]);
        var asked = 0;
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7, still, falls) with { Version = version });
        _learners["l1"].OnWatch = _ =>
        {
            Interlocked.Increment(ref asked);
            return new(changes.TryDequeue(out var change) ? change : null);
        };
        var responses = new FakeResponses<Wire.WatchLearnerResponse>();
        var watching = _gateway.WatchLearner(new() { LearnerId = "l1" }, responses, new FakeCall());
        await responses.NextAsync();

        await Eventually.HoldsAsync(() => Volatile.Read(ref asked) > 100, "minutes to pass", () => _time.Advance(TimeSpan.FromSeconds(2)));
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7, still, falls with { Band = CompletionBand.Slipping }) with { Version = version });
        var later = responses.NextAsync();
        await Eventually.HoldsAsync(() => later.IsCompleted, "the band to be told", () => _time.Advance(TimeSpan.FromSeconds(2)));

        var told = Assert.Single((await later).Enrolments);
        Assert.Equal(("c2", Wire.CompletionBand.Slipping), (told.CourseId, told.Completion.Band));
        Assert.Equal(ResumeToken.Of(version), (await later).ResumeToken);
        _lifetime.StopApplication();
        await ErrorAsync(() => watching.WaitAsync(_patience));
    }

    [Fact]
    public async Task WatchLearner_ShutdownWhileTheClientDoesNotRead_GoesAway()
    {
        using var client = new CancellationTokenSource();
        _learners["l1"].Profile = Found(LearnerViewBuilder.Profile(7));
        _learners["l1"].OnWatch = _ => new(new LearnerChange(new(1, 6), [LearnerViewBuilder.Enrolment("c1")], true));
        var responses = new FakeResponses<Wire.WatchLearnerResponse> { Gate = new TaskCompletionSource().Task, WriteCancelled = client.Cancel };
        var watching = _gateway.WatchLearner(new() { LearnerId = "l1" }, responses, new FakeCall(client.Token));

        _lifetime.StopApplication();

        Assert.Equal(StatusCode.Unavailable, (await ErrorAsync(() => watching.WaitAsync(_patience))).StatusCode);
    }

    [Fact]
    public async Task WatchLearner_GrainThatAnswersAtOnce_IsNotAskedInATightLoop()
    {
        var asked = 0;
        _learners["l1"].OnWatch = _ =>
        {
            asked++;
            return new((LearnerChange?)null);
        };
        var watching = _gateway.WatchLearner(new() { LearnerId = "l1" }, new FakeResponses<Wire.WatchLearnerResponse>(), new FakeCall());

        for (var i = 0; i < 20; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(1);
        }

        _lifetime.StopApplication();
        await ErrorAsync(() => watching.WaitAsync(_patience));
        Assert.InRange(asked, 2, 3);
    }

    private static LearnerAnswer<T> Found<T>(T value)
        where T : class => new(AnswerStatus.Found, value, 0);

    private static Task<RpcException> ErrorAsync(Func<Task> call) => Assert.ThrowsAsync<RpcException>(call);
}
