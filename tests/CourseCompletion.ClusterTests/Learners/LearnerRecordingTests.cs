using CourseCompletion.ClusterTests.Clusters;
using CourseCompletion.ClusterTests.Courses;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Prediction.Completion.Default;
using Xunit;

namespace CourseCompletion.ClusterTests.Learners;

public sealed class LearnerRecordingTests(ClusterFixture fixture) : IClassFixture<ClusterFixture>
{
    private readonly EngineCluster _cluster = fixture.Cluster;

    [Fact]
    public async Task Record_EventsOfMostKinds_ReadsBackWhatHappened()
    {
        var learner = await ProducerOfNewCourseAsync();

        var outcome = await learner.RecordAsync(
            learner.Make(EventKind.Enrolled, ago: TimeSpan.FromDays(1)),
            learner.Watched(0, 60, ago: TimeSpan.FromHours(2)),
            learner.Watched(30, 97, ago: TimeSpan.FromHours(1)),
            learner.Watched(0, 50, "lesson-2"),
            learner.Make(EventKind.Liked),
            learner.Make(EventKind.Commented),
            learner.Make(EventKind.CheckedIn),
            learner.Make(EventKind.AssessmentSubmitted));

        Assert.All(outcome.Results, result => Assert.Equal(EventStatus.Accepted, result.Status));
        var profile = await learner.ProfileAsync();
        var enrolment = await learner.EnrolmentAsync();
        Assert.Equal((8, 1, _cluster.NowMs), (profile.EventCount, profile.Version.Sequence, profile.LastEventAtMs));
        Assert.Equal(_cluster.NowMs - LearnerTime.DayMs, profile.FirstEventAtMs);
        Assert.Equal("app", Assert.Single(profile.Sources).Name);
        Assert.Equal(learner.Course, Assert.Single(profile.Enrolments).Course);

        Assert.Equal((EnrolmentStatus.Active, 1, _cluster.NowMs - LearnerTime.DayMs), (enrolment.Status, enrolment.Attempt, enrolment.EnrolledAtMs));
        Assert.Equal((1, 1, 1, 0.8), (enrolment.Likes, enrolment.CheckInDays, enrolment.Assessments, Math.Round(enrolment.ScoreMean, 6)));
        Assert.Equal([("lesson-1", 97_000, 127_000, 0.97, true), ("lesson-2", 50_000, 50_000, 0.5, false)], enrolment.Lessons.Select(
            lesson => (lesson.Lesson, lesson.UniqueMs, lesson.WatchedMs, lesson.WatchedShare, lesson.Completed)));
        Assert.Equal(0.5, enrolment.Progress);
        Assert.Equal(CompletionFeatures.Count, enrolment.Features.Length);
        Assert.Equal(0.5f, enrolment.Features[FeatureIndex.Progress]);

        var score = Assert.Single(outcome.Scores);
        Assert.Equal((learner.Course, DefaultCompletionModel.Name, enrolment.Probability), (score.Course, score.ModelVersion, score.Probability));
        Assert.InRange(enrolment.Probability, 0.01f, 0.99f);
    }

    [Fact]
    public async Task Record_SecondLessonWatchedToo_CompletesTheCourse()
    {
        var learner = await ProducerOfNewCourseAsync();

        await learner.SendAsync(learner.Watched(0, 96));
        var before = await learner.EnrolmentAsync();
        await learner.SendAsync(learner.Watched(0, 100, "lesson-2"));

        var after = await learner.EnrolmentAsync();
        Assert.Equal((EnrolmentStatus.Active, 0), (before.Status, before.CompletedAtMs));
        Assert.Equal((EnrolmentStatus.Completed, _cluster.NowMs, 1f), (after.Status, after.CompletedAtMs, after.Probability));
    }

    [Fact]
    public async Task Record_SameEventAgain_IsDuplicateAndChangesNothing()
    {
        var learner = await ProducerOfNewCourseAsync();
        var e = learner.Watched(0, 10);
        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(e));
        var before = await learner.ProfileAsync();

        var again = await learner.RecordAsync(e);
        var inOneBatch = await learner.SendAsync(e, learner.Watched(10, 20), e);

        Assert.Equal(EventStatus.Duplicate, Assert.Single(again.Results).Status);
        Assert.Single(again.Scores);
        Assert.Equal([EventStatus.Duplicate, EventStatus.Accepted, EventStatus.Duplicate], inOneBatch);
        var after = await learner.ProfileAsync();
        Assert.Equal((before.EventCount + 1, before.Version.Sequence + 1), (after.EventCount, after.Version.Sequence));
    }

    [Fact]
    public async Task Record_SameEventTwiceAtOnce_IsAcceptedOnce()
    {
        var learner = await ProducerOfNewCourseAsync();
        for (var i = 0; i < 30; i++)
        {
            var e = learner.Make(EventKind.Commented);
            var fates = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => learner.SendAsync(e)));

            Assert.Equal(
                [EventStatus.Accepted, EventStatus.Duplicate, EventStatus.Duplicate, EventStatus.Duplicate], fates.SelectMany(fate => fate).Order());
        }

        Assert.Equal(30, (await learner.ProfileAsync()).EventCount);
    }

    [Fact]
    public async Task Record_BadEventsAmongGoodOnes_RejectsThemWithReasonAndField()
    {
        var learner = await ProducerOfNewCourseAsync();
        var good = learner.Make(EventKind.Commented);
        (LearnerEvent Event, RejectionReason Reason, string Field)[] bad =
        [
            (good with { EventId = "" }, RejectionReason.MissingField, "event_id"),
            (good with { EventId = new string('x', 129) }, RejectionReason.InvalidField, "event_id"),
            (good with { EventId = "a\nb" }, RejectionReason.InvalidField, "event_id"),
            (good with { Source = "" }, RejectionReason.MissingField, "source"),
            (good with { Course = new("") }, RejectionReason.MissingField, "course_id"),
            (good with { Text = null }, RejectionReason.MissingField, "commented.text"),
            (good with { Text = new string('x', 4097) }, RejectionReason.InvalidField, "commented.text"),
            (good with { OccurredAtMs = 0 }, RejectionReason.MissingField, "occurred_at"),
            (good with { OccurredAtMs = 1 }, RejectionReason.InvalidField, "occurred_at"),
            (good with { OccurredAtMs = _cluster.NowMs + 301_000 }, RejectionReason.InTheFuture, "occurred_at"),
            (learner.Watched(10, 10), RejectionReason.InvalidField, "video_watched.to"),
            (learner.Watched(0, 10) with { Speed = float.NaN }, RejectionReason.InvalidField, "video_watched.speed"),
            (learner.Watched(0, 10) with { Lesson = null }, RejectionReason.MissingField, "lesson_id"),
            (learner.Make(EventKind.Rated) with { Value = 6 }, RejectionReason.InvalidField, "rated.stars"),
            (learner.Make(EventKind.QuestionAsked) with { ObjectId = null }, RejectionReason.MissingField, "object_id"),
            (learner.Make(EventKind.ActivityRecorded) with { Count = 0 }, RejectionReason.InvalidField, "activity_recorded.count"),
            (learner.Make(EventKind.Unspecified), RejectionReason.MissingField, "body"),
        ];

        var outcome = await learner.RecordAsync([good, .. bad.Select(b => b.Event with { EventId = b.Field == "event_id" ? b.Event.EventId : b.Event.EventId + b.Field }), learner.Make(EventKind.Shared)]);

        Assert.Equal(EventStatus.Accepted, outcome.Results[0].Status);
        Assert.Equal(EventStatus.Accepted, outcome.Results[^1].Status);
        Assert.Equal(
            bad.Select(b => (EventStatus.Rejected, b.Reason, b.Field)),
            outcome.Results[1..^1].Select(result => (result.Status, result.Rejection!.Reason, result.Rejection.Field)));
        Assert.Equal(2, (await learner.ProfileAsync()).EventCount);
    }

    [Fact]
    public async Task Record_BehindTheSourcesFloor_IsTooLateForThatSourceOnly()
    {
        var course = await NewCourseAsync();
        var id = _cluster.NewLearner();
        var app = new Producer(_cluster, id, course);
        var import = new Producer(_cluster, id, course, "import");
        await app.SendAsync(app.Make(EventKind.Commented));

        var late = await app.RecordAsync(app.Make(EventKind.Commented, ago: TimeSpan.FromDays(31)));
        var imported = await import.SendAsync(import.Make(EventKind.Commented, ago: TimeSpan.FromDays(1000)));

        Assert.Equal((EventStatus.Rejected, RejectionReason.TooLate), (late.Results[0].Status, late.Results[0].Rejection!.Reason));
        Assert.Equal([EventStatus.Accepted], imported);
    }

    [Fact]
    public async Task Record_ProducersClockIsWrong_ShiftsItsEventsAndSaysSo()
    {
        var learner = await ProducerOfNewCourseAsync();
        var anHourAhead = learner.Make(EventKind.Commented, ago: TimeSpan.FromHours(-1));

        var outcome = await learner.Grain.RecordAsync(new EventBatch([anHourAhead], anHourAhead.OccurredAtMs));
        var again = await learner.Grain.RecordAsync(new EventBatch([anHourAhead], anHourAhead.OccurredAtMs + 60_000));

        Assert.Equal((EventStatus.Accepted, true), (outcome.Results[0].Status, outcome.Results[0].ClockCorrected));
        Assert.Equal(EventStatus.Duplicate, again.Results[0].Status);
        Assert.Equal(_cluster.NowMs, (await learner.ProfileAsync()).LastEventAtMs);
    }

    [Fact]
    public async Task ResetWatermark_AfterAProducersClockWasAhead_HearsItAgain()
    {
        var learner = await ProducerOfNewCourseAsync();
        var ahead = learner.Make(EventKind.Commented, ago: TimeSpan.FromDays(-400));
        await learner.Grain.RecordAsync(new EventBatch([ahead], ahead.OccurredAtMs));
        var honest = learner.Make(EventKind.Commented);
        Assert.Equal([EventStatus.Rejected], await learner.SendAsync(honest));

        await learner.Grain.ResetWatermarkAsync("app");
        await _cluster.DeactivateAsync(learner.Grain);

        Assert.Equal([EventStatus.Accepted], await learner.SendAsync(honest));
    }

    [Fact]
    public async Task ResetWatermark_NobodyOrNoSuchSource_LeavesNothingBehind()
    {
        var nobody = new Producer(_cluster, _cluster.NewLearner(), _cluster.NewCourse());
        Assert.Null(await nobody.Grain.ResetWatermarkAsync(null));
        Assert.Null(await nobody.Grain.ResetWatermarkAsync("app"));
        Assert.Equal(0, _cluster.Store.Faults.AppendsOf(nobody.Key));

        var learner = await ProducerOfNewCourseAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented));
        var before = (await learner.ProfileAsync()).Version;
        Assert.Equal(before, (await learner.Grain.ResetWatermarkAsync("no such source"))!.Version);
        await Assert.ThrowsAsync<ArgumentException>(() => learner.Grain.ResetWatermarkAsync(new string('s', 129)).AsTask());
        Assert.Equal(before, (await learner.ProfileAsync()).Version);
    }

    [Fact]
    public async Task Record_OnlyAContact_AnswersNoScore()
    {
        var learner = await ProducerOfNewCourseAsync();

        var outcome = await learner.RecordAsync(learner.Make(EventKind.PromotionShown) with { ObjectId = "poster" });

        Assert.Equal(EventStatus.Accepted, outcome.Results[0].Status);
        Assert.Empty(outcome.Scores);
    }

    [Fact]
    public async Task Record_MoreThanAThousandEvents_RejectsTheBatchForGood()
    {
        var learner = await ProducerOfNewCourseAsync();

        var fits = await learner.SendAsync(learner.Many(EventKind.Shared, EventBatch.EventsMax));
        var outcome = await learner.RecordAsync(learner.Many(EventKind.Shared, EventBatch.EventsMax + 1));

        Assert.All(fits, fate => Assert.Equal(EventStatus.Accepted, fate));
        Assert.All(outcome.Results, result => Assert.Equal(
            (EventStatus.Rejected, RejectionReason.LimitExceeded, "events"), (result.Status, result.Rejection!.Reason, result.Rejection.Field)));
    }

    [Fact]
    public async Task GetEnrolment_AsOfBeforeTheNewestEvent_IsTooEarlyAndSaysFromWhen()
    {
        var learner = await ProducerOfNewCourseAsync();
        await learner.SendAsync(learner.Make(EventKind.Commented, ago: TimeSpan.FromMinutes(10)));
        var newestMs = _cluster.NowMs - 600_000;

        var early = await learner.Grain.GetEnrolmentAsync(learner.Course, newestMs - 1);
        var earlyProfile = await learner.Grain.GetProfileAsync(newestMs - 1);
        var exact = await learner.Grain.GetEnrolmentAsync(learner.Course, newestMs);
        var later = await learner.Grain.GetEnrolmentAsync(learner.Course, newestMs + (30 * LearnerTime.DayMs));

        Assert.Equal((AnswerStatus.TooEarly, newestMs), (early.Status, early.NewestEventAtMs));
        Assert.Equal((AnswerStatus.TooEarly, newestMs), (earlyProfile.Status, earlyProfile.NewestEventAtMs));
        Assert.Equal((AnswerStatus.Found, newestMs), (exact.Status, exact.Value!.EvaluatedAtMs));
        Assert.True(later.Value!.Probability < exact.Value.Probability, "A month of silence must lower the probability.");
    }

    [Fact]
    public async Task GetProfile_LearnerWithoutEvents_IsNotFound()
    {
        var learner = new Producer(_cluster, _cluster.NewLearner(), await NewCourseAsync());

        Assert.Equal(AnswerStatus.NotFound, (await learner.Grain.GetProfileAsync(null)).Status);
        Assert.Equal(AnswerStatus.NotFound, (await learner.Grain.GetEnrolmentAsync(learner.Course, null)).Status);
    }

    [Fact]
    public async Task Record_EventsOfTwoCourses_AnswersAScoreForEach()
    {
        var learner = _cluster.NewLearner();
        var first = new Producer(_cluster, learner, await NewCourseAsync());
        var second = new Producer(_cluster, learner, await NewCourseAsync());

        var outcome = await first.RecordAsync(first.Make(EventKind.Commented), second.Make(EventKind.Commented), first.Make(EventKind.Shared));

        Assert.Equal([first.Course, second.Course], outcome.Scores.Select(score => score.Course));
        Assert.Equal(2, (await first.ProfileAsync()).Enrolments.Length);
    }

    private async Task<CourseId> NewCourseAsync() => (await _cluster.DefineAsync(CourseBuilder.Of(_cluster.NewCourse()))).Course;

    private async Task<Producer> ProducerOfNewCourseAsync() => new(_cluster, _cluster.NewLearner(), await NewCourseAsync());
}
