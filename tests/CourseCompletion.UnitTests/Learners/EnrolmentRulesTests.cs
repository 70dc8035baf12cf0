using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class EnrolmentRulesTests
{
    private const long NowMs = MondayMs + (30 * DayMs);

    public static TheoryData<EventKind> Kinds => [.. LearnerEventBuilder.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Fold_FirstEventOfAnyKind_EnrolsUnlessItIsAMereContactOrCard(EventKind kind)
    {
        var enrolment = After(Event(kind));
        var contact = LearnerEventRules.IsContact(kind) || kind == EventKind.CheckInMadeUp;

        Assert.Equal(kind == EventKind.Withdrew ? EnrolmentStatus.Withdrawn : contact ? EnrolmentStatus.Prospect : EnrolmentStatus.Active, enrolment.Status);
        Assert.Equal(contact || kind == EventKind.Withdrew ? long.MaxValue : MondayMs, enrolment.EnrolledAtMs);
        Assert.Equal(LearnerEventRules.IsActivity(kind) ? (MondayMs, 1) : (0, 0), (enrolment.LastActivityAtMs, enrolment.ActiveDays.Count));
        Assert.Equal(1, enrolment.CountOf(kind));
        Assert.Equal(1, enrolment.KindCounts.ToArray().Sum());
    }

    [Fact]
    public void Fold_ActivityEarlierThanTheEnrolment_EnrolsFromThere()
    {
        var enrolment = After(Event(EventKind.Enrolled, "1", MondayMs + DayMs), Event(EventKind.Shared, "2", MondayMs + (3 * DayMs)), Event(EventKind.Shared, "3"));

        Assert.Equal((MondayMs, MondayMs + (3 * DayMs)), (enrolment.EnrolledAtMs, enrolment.LastActivityAtMs));
    }

    [Fact]
    public void Fold_PromotionsAndInteractionsInAnyOrder_KeepTheFirstAndTheNewest()
    {
        var enrolment = After(
            Event(EventKind.PromotionShown, "1", MondayMs + (3 * DayMs)),
            Event(EventKind.PromotionClicked, "2", MondayMs + DayMs),
            Event(EventKind.PromotionShown, "3", MondayMs + (2 * DayMs)),
            Event(EventKind.Liked, "4", MondayMs + (5 * DayMs)),
            Event(EventKind.QuestionAnswered, "5", MondayMs + (4 * DayMs)),
            Event(EventKind.CheckedIn, "6", MondayMs + (6 * DayMs)),
            Watched("lesson-1", 0, 1_000, "7", MondayMs + (7 * DayMs)),
            Event(EventKind.ActivityRecorded, "8", MondayMs + (8 * DayMs)));

        Assert.Equal(
            (MondayMs + DayMs, MondayMs + (3 * DayMs), MondayMs + (5 * DayMs)), (enrolment.FirstPromotedAtMs, enrolment.PromotedAtMs, enrolment.InteractedAtMs));
        var discussing = After(Event(EventKind.ActivityRecorded) with { Family = ActivityFamily.Discussion });
        Assert.Equal((0, MondayMs), (discussing.PromotedAtMs, discussing.InteractedAtMs));
    }

    [Theory]
    [InlineData("", EnrolmentStatus.Active, 1)]
    [InlineData("E", EnrolmentStatus.Active, 1)]
    [InlineData("W", EnrolmentStatus.Withdrawn, 1)]
    [InlineData("WE", EnrolmentStatus.Active, 2)]
    [InlineData("EWE", EnrolmentStatus.Active, 2)]
    [InlineData("EEWW", EnrolmentStatus.Withdrawn, 1)]
    [InlineData("EWEWEE", EnrolmentStatus.Active, 3)]
    [InlineData("EWEW", EnrolmentStatus.Withdrawn, 2)]
    public void Fold_EnrolmentsAndWithdrawalsInAnyOrderOfArrival_GiveTheSameStatusAndAttempt(string changes, EnrolmentStatus status, int attempt)
    {
        var events = changes
            .Select((c, i) => Event(c == 'E' ? EventKind.Enrolled : EventKind.Withdrew, $"{i}", MondayMs + ((1 + i) * DayMs)))
            .Append(Event(EventKind.Shared, "activity", MondayMs + (20 * DayMs)))
            .ToArray();

        Gen.Shuffle(events).Sample(arriving =>
        {
            var enrolment = After(arriving);

            Assert.Equal((status, attempt), (enrolment.Status, enrolment.Attempt));
        });
    }

    [Fact]
    public void Fold_ActivityAfterAWithdrawal_IsKeptAndTheLearnerStaysWithdrawn()
    {
        var enrolment = After(Event(EventKind.Shared, "1"), Event(EventKind.Withdrew, "2", MondayMs + DayMs), Event(EventKind.Shared, "3", MondayMs + (2 * DayMs)));

        Assert.Equal((EnrolmentStatus.Withdrawn, 2, MondayMs + (2 * DayMs)), (enrolment.Status, enrolment.CountOf(EventKind.Shared), enrolment.LastActivityAtMs));
    }

    [Fact]
    public void Fold_Promotions_AreCountedAndNothingElse()
    {
        var enrolment = After(Event(EventKind.PromotionShown, "1"), Event(EventKind.PromotionClicked, "2"), Event(EventKind.NudgeOpened, "3"));

        Assert.Equal((false, 0, 0, 0), (enrolment.IsEnrolled, enrolment.LastActivityAtMs, enrolment.ActiveDays.Count, enrolment.Sessions));
        Assert.All(enrolment.Recent.Counts.ToArray(), count => Assert.Equal(0, count));
    }

    [Fact]
    public void Fold_LikesInAnyOrder_TheLatestDecides()
    {
        var events = new[]
        {
            Event(EventKind.Liked, "1") with { ObjectId = "a" },
            Event(EventKind.Unliked, "2", MondayMs + 1) with { ObjectId = "a" },
            Event(EventKind.Liked, "3", MondayMs + 2) with { Lesson = "lesson-1" },
            Event(EventKind.Unliked, "4", MondayMs + 1),
            Event(EventKind.Liked, "5", MondayMs + 3),
        };

        Gen.Shuffle(events).Sample(arriving =>
        {
            var enrolment = After(arriving);

            Assert.Equal((2, false, true, true), (enrolment.Likes, Liked(enrolment, "a"), Liked(enrolment, "lesson-1"), Liked(enrolment, "")));
        });
    }

    [Fact]
    public void Fold_BookmarksAndRatings_AreRegistersPerObject()
    {
        var enrolment = After(
            Event(EventKind.Bookmarked, "1") with { ObjectId = "a" },
            Event(EventKind.Bookmarked, "2") with { ObjectId = "a" },
            Event(EventKind.Rated, "3", MondayMs + 1) with { ObjectId = "a", Value = 4.5 },
            Event(EventKind.Rated, "4") with { ObjectId = "a", Value = 1 });

        Assert.Equal((1, 4500), (enrolment.Bookmarks, enrolment.FindReaction("a")!.StarsMilli));
    }

    [Fact]
    public void Fold_SubmissionsInAnyOrder_KeepLatestBestFirstAndDue()
    {
        var events = new[]
        {
            Event(EventKind.AssessmentSubmitted, "1", MondayMs + 1) with { Value = 9, DueAtMs = MondayMs + DayMs },
            Event(EventKind.AssessmentSubmitted, "2", MondayMs + 2) with { Value = 5, DueAtMs = MondayMs + (2 * DayMs) },
            Event(EventKind.AssessmentSubmitted, "3", MondayMs + 3) with { Value = 6 },
        };

        Gen.Shuffle(events).Sample(arriving =>
        {
            var work = After(arriving).FindAssessment("test-1")!;

            Assert.Equal((3, 600_000, 900_000), (work.Submissions, work.LatestScorePpm, work.BestScorePpm));
            Assert.Equal((MondayMs + 1, MondayMs + (2 * DayMs)), (work.FirstAtMs, work.DueAtMs));
        });
    }

    [Fact]
    public void Fold_Watching_AddsToTheLessonAndTheEnrolment()
    {
        var enrolment = After(
            Watched("a", 0, 60_000, "1"),
            Watched("a", 30_000, 90_000, "2", MondayMs + HourMs) with { Speed = 2 },
            Watched("b", 0, 10_000, "3"),
            Event(EventKind.VideoSeeked, "4") with { FromMs = 5, ToMs = 4 },
            Event(EventKind.VideoSeeked, "5") with { FromMs = 4, ToMs = 5 });
        var lesson = enrolment.FindLesson("a")!;

        Assert.Equal((100_000, 130_000, 190_000_000, 1), (enrolment.UniqueMs, enrolment.WatchedMs, enrolment.SpeedWeightedMs, enrolment.SeeksBack));
        Assert.Equal((90_000, 120_000, MondayMs, false), (lesson.Coverage.LengthMs, lesson.WatchedMs, lesson.FirstAtMs, lesson.ReportedCompleted));
    }

    [Theory]
    [InlineData(30, null, null, 1, 30)]
    [InlineData(31, null, null, 2, 0)]
    [InlineData(1, "a", "b", 2, 0)]
    [InlineData(1, "a", null, 1, 1)]
    [InlineData(1, null, "b", 1, 1)]
    public void Fold_TwoEvents_AreOneSessionUnlessThePauseOrTheProducerSaysOtherwise(int minutes, string? first, string? second, int sessions, int sessionMinutes)
    {
        var enrolment = After(
            Event(EventKind.Shared, "1") with { Session = first },
            Event(EventKind.Shared, "2", MondayMs + (minutes * MinuteMs)) with { Session = second });

        Assert.Equal((sessions, sessionMinutes * MinuteMs), (enrolment.Sessions, enrolment.SessionMs));
    }

    [Fact]
    public void Fold_SessionStarted_BeginsASession()
    {
        var enrolment = After(Event(EventKind.Shared, "1"), Event(EventKind.SessionStarted, "2", MondayMs + MinuteMs));

        Assert.Equal((2, 0), (enrolment.Sessions, enrolment.SessionMs));
    }

    [Fact]
    public void Fold_LateEvents_LeaveTheSessionsAlone() => LearnerEventGen.History(30, 10).Sample(history =>
    {
        var newest = Event(EventKind.Shared, "newest", MondayMs + (20 * DayMs));
        var alone = After(newest);
        var learner = new LivingLearner();
        learner.Record(NowMs, [newest, .. history.Select(e => e with { Course = newest.Course })]);
        var enrolment = learner.State.Enrolments[0];

        Assert.Equal((alone.Sessions, alone.SessionMs, alone.SessionEventAtMs), (enrolment.Sessions, enrolment.SessionMs, enrolment.SessionEventAtMs));
    });

    [Fact]
    public void Fold_EventAMomentLate_LeavesTheSessionsAlone()
    {
        var enrolment = After(Event(EventKind.Shared, "1", MondayMs + 1), Event(EventKind.SessionStarted, "2"));

        Assert.Equal((1, 0, MondayMs + 1), (enrolment.Sessions, enrolment.SessionMs, enrolment.SessionEventAtMs));
    }

    [Fact]
    public void Fold_CheckInsTwiceADay_AreOneDay()
    {
        var enrolment = After(
            Event(EventKind.CheckedIn, "1"), Event(EventKind.CheckedIn, "2", MondayMs + HourMs), Event(EventKind.CheckedIn, "3", MondayMs + (5 * DayMs)));

        Assert.Equal((2, 3), (enrolment.CheckInDays.Count, enrolment.CountOf(EventKind.CheckedIn)));
        Assert.True(enrolment.CheckInDays.Contains(LearnerTime.DayOf(MondayMs + (5 * DayMs))));
    }

    [Fact]
    public void Fold_CountedActivities_AddUpByFamily()
    {
        var enrolment = After(
            Event(EventKind.ActivityRecorded, "1") with { Family = ActivityFamily.Quiz, Count = 5 },
            Event(EventKind.ActivityRecorded, "2") with { Family = ActivityFamily.Quiz, Count = 7 });

        Assert.Equal((12, 2), (enrolment.FamilyCounts[(int)ActivityFamily.Quiz], enrolment.CountOf(EventKind.ActivityRecorded)));
        Assert.Equal(12, enrolment.Recent.Counts[(int)DecayFamily.Problem * DecayedCounts.HalfLifeCount]);
        Assert.Equal(12, enrolment.Recent.Counts[(int)DecayFamily.Any * DecayedCounts.HalfLifeCount]);
    }

    private static bool Liked(EnrolmentState enrolment, string id) => enrolment.FindReaction(id)!.Liked;

    private static EnrolmentState After(params LearnerEvent[] events)
    {
        var learner = new LivingLearner();
        foreach (var e in events)
        {
            Assert.Equal([Decision.Accepted], learner.Record(NowMs, e));
        }

        return Assert.Single(learner.State.Enrolments);
    }
}
