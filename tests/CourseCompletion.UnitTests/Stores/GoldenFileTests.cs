using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>Stored bytes of each format, kept in <c>Golden/</c>: whatever was once written must stay readable, with the same meaning.</summary>
public class GoldenFileTests
{
    private const int Monday = (int)(MondayMs / DayMs);

    private static readonly PendingPrediction _prediction = new(
        5, 3, new(4, MondayMs + 1, new("oulad-1", -0.5f, 0.25f), new("prior-1", 1.5f, -2)), new(5, MondayMs + 2, new("oulad-1", 0.5f, 1), null));

    [Fact]
    public void Frame_Format1_StillMeansTheSame()
    {
        // There were no bands yet.
        var expected = GoldenValues.Frame with { AssumedZone = "", Nudges = FrameNudges.None, Conclusions = [.. GoldenValues.Frame.Conclusions.Select(conclusion => conclusion with { Band = CompletionBand.None })] };

        LearnerFrameTests.AssertSame(expected, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v1.bin")));
    }

    [Fact]
    public void Frame_Format2_StillMeansTheSame() => LearnerFrameTests.AssertSame(
        GoldenValues.Frame with { AssumedZone = "", Nudges = FrameNudges.None }, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v2.bin")));

    // There were neither assumed zones nor reminders at the learner's time nor digests yet, no campaign chose whom to send nothing, and nobody was drawn together with others.
    [Fact]
    public void Frame_Format3_StillMeansTheSame()
    {
        var nudges = GoldenValues.Frame.Nudges;
        var expected = GoldenValues.Frame with
        {
            AssumedZone = "",
            Nudges = nudges with
            {
                Preferences = nudges.Preferences! with { ReminderMinute = null },
                Decisions = [.. nudges.Decisions.Select(decision => decision with { Digest = default, Uplift = null, Cluster = AssignmentCluster.None })],
            },
        };

        LearnerFrameTests.AssertSame(expected, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v3.bin")));
    }

    [Fact]
    public void Frame_Format4_StillMeansTheSame()
    {
        var expected = GoldenValues.Frame;
        var stored = GoldenFile.Read("journal-frame.v4.bin", nameof(LearnerFrame), expected.Encode(new PayloadWriter()));

        LearnerFrameTests.AssertSame(expected, LearnerFrame.Decode(stored));
    }

    // Features and times that came later are 0 until the learner's next row.
    [Fact]
    public void RosterRow_Format1_StillMeansTheSame() => RosterGen.AssertSame(
        WithAllFeatures(GoldenValues.Row) with { Reach = default, FirstPromotedAtMs = 0, PromotedAtMs = 0, InteractedAtMs = 0, LearnerActiveAtMs = 0, Band = CompletionBand.None },
        RosterRowCodec.Decode(GoldenFile.Read("roster-row.v1.bin")));

    [Fact]
    public void RosterRow_Format2_StillMeansTheSame()
    {
        RosterGen.AssertSame(WithAllFeatures(GoldenValues.Row) with { Reach = default }, RosterRowCodec.Decode(GoldenFile.Read("roster-row.v2.bin"), out var pending));
        Assert.Null(pending);
    }

    [Fact]
    public void RosterRow_Format3_StillMeansTheSame()
    {
        RosterGen.AssertSame(WithAllFeatures(GoldenValues.Row) with { Reach = default }, RosterRowCodec.Decode(GoldenFile.Read("roster-row.v3.bin"), out var pending));
        Assert.Equal(_prediction, pending);
    }

    [Fact]
    public void RosterRow_Format4_StillMeansTheSame()
    {
        var expected = GoldenValues.Row with { Reach = GoldenValues.Row.Reach with { ReminderMinute = null } };

        RosterGen.AssertSame(WithAllFeatures(expected), RosterRowCodec.Decode(GoldenFile.Read("roster-row.v4.bin"), out var pending));
        Assert.Equal(_prediction, pending);
    }

    [Fact]
    public void RosterRow_Format5_StillMeansTheSame()
    {
        var expected = GoldenValues.Row;
        var stored = GoldenFile.Read("roster-row.v5.bin", nameof(RosterRowCodec), RosterRowCodec.Encode(expected, _prediction));

        RosterGen.AssertSame(WithAllFeatures(expected), RosterRowCodec.Decode(stored, out var pending));
        Assert.Equal(_prediction, pending);
    }

    [Fact]
    public void Index_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("completion-index.v1.bin", nameof(IndexStateCodec), IndexStateCodec.Encode(GoldenValues.Index()));
        var (expected, index) = (GoldenValues.Index(), IndexStateCodec.Decode(stored));

        Assert.Equal((expected.AsOfMs, expected.ActiveLearners.HashBelow), (index.AsOfMs, index.ActiveLearners.HashBelow));
        Assert.Equal(expected.ActiveLearners.Learners, index.ActiveLearners.Learners);
        Assert.Equal(["文学", "algebra"], index.Courses.Keys);
        var (track, known) = (expected.Courses["文学"], index.Courses["文学"]);
        Assert.Equal((track.HeardAtMs, track.HashBelow, track.LearnedCohort, track.Counts), (known.HeardAtMs, known.HashBelow, known.LearnedCohort, known.Counts));
        Assert.Equal(track.Looks, known.Looks);
        Assert.Equal((MondayMs, 0.375, 0.625), (index.Fit.AsOfMs, index.Fit.SlopeCourseVariance, index.Fit.FullCourseVariance));
        AssertSame(expected.Fit.Slope, index.Fit.Slope);
        AssertSame(expected.Fit.Full, index.Fit.Full);
    }

    [Fact]
    public void Course_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Course;
        var stored = GoldenFile.Read("course.v1.bin", nameof(CourseCodec), CourseCodec.Encode(expected, 4));

        CourseDefinitionTests.AssertSame((expected, 4), CourseCodec.Decode(stored));
    }

    [Fact]
    public void ModelCatalog_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Models;
        var stored = GoldenFile.Read("model-catalog.v1.bin", nameof(ModelCatalogCodec), ModelCatalogCodec.Encode(expected));

        var read = ModelCatalogCodec.Decode(stored);
        Assert.Equal((expected.Revision, expected.Shadow, expected.Champion), (read.Revision, read.Shadow, read.Champion));
        Assert.Equal(expected.Models, read.Models);
        Assert.Equal(expected.Champions, read.Champions);
    }

    // The values are written out here rather than folded again: how events are folded may change without the layout changing.
    [Fact]
    public void LearnerSnapshot_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("learner-snapshot.v1.bin");
        var learner = LearnerSnapshotCodec.Decode(stored);

        AssertGoldenLearner(learner, 11, MondayMs);
        Assert.All(learner.Enrolments.ToArray(), e => Assert.Equal((0, 0, 0), (e.FirstPromotedAtMs, e.PromotedAtMs, e.InteractedAtMs)));
        Assert.Equal(learner.StateBytes, LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner)).StateBytes);
        Assert.InRange(LearnerSnapshotCodec.Encode(learner).Length, 1, learner.StateBytes);
    }

    // Check-ins by UTC days become the learner's own days.
    [Fact]
    public void LearnerSnapshot_Format2_StillMeansTheSame()
    {
        var learner = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v2.bin"));

        AssertGoldenLearner(learner, 13, MondayMs - DayMs);
        AssertContacts(learner);
        Assert.Equal([(Monday, true, false, 0)], CheckInsOf(learner.Enrolments[1]));
        Assert.Equal(learner.StateBytes, LearnerSnapshotCodec.Decode(LearnerSnapshotCodec.Encode(learner)).StateBytes);
        Assert.InRange(LearnerSnapshotCodec.Encode(learner).Length, 1, learner.StateBytes);
    }

    [Fact]
    public void LearnerSnapshot_Format3_StillMeansTheSame()
    {
        var learner = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v3.bin"));

        AssertNudged(learner);
        Assert.Null(learner.Preferences.ReminderMinute);
        Assert.Equal(default, learner.Nudges!.Entries[0].Decision.Digest);
        Assert.All(learner.Nudges!.Entries.ToArray(), entry => Assert.Null(entry.Decision.Uplift));
        Assert.All(learner.Nudges.Memberships.ToArray(), membership => Assert.Null(membership.Uplift));
        Assert.True(learner.Nudges!.Memberships[0].Cluster.IsNone);
    }

    [Fact]
    public void LearnerSnapshot_Format4_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("learner-snapshot.v4.bin", nameof(LearnerSnapshotCodec));
        var learner = LearnerSnapshotCodec.Decode(stored);
        GoldenFile.AssertUnchanged("learner-snapshot.v4.bin", nameof(LearnerSnapshotCodec), stored, LearnerSnapshotCodec.Encode(learner));

        AssertNudged(learner);
        Assert.Equal(1_100, learner.Preferences.ReminderMinute);
        Assert.Equal((UInt128)9, learner.Nudges!.Entries[0].Decision.Digest);
        Assert.Equal(new UpliftDraw(new(0.375f, 2.5f, 1, 2, 300, 0.75f), 0.25f, new(0.5f, 0.125f, 0.25f)), learner.Nudges!.Entries[0].Decision.Uplift);
        var track = learner.Nudges.Memberships[0].Uplift!;
        Assert.Equal([new(new(0.375f, 2.5f, 1, 2, 300, 0.75f), 0.25f, Sent: true, Returned: true)], track.Sample);
        Assert.Equal(new(1, new(1, 2.375, 2.375 * 2.375), new(1, 0, 0)), track.Gains);
        Assert.Null(learner.Nudges.Memberships[1].Uplift);
        Assert.Equal((9UL, 9UL), (learner.Nudges!.Entries[0].Decision.Cluster.Value, learner.Nudges.Memberships[0].Cluster.Value));
    }

    // What stands behind a format: a reader that does not know an addition stops before it.
    [Fact]
    public void Additions_StillMeanTheSame()
    {
        var learner = new LearnerState();
        LearnerEvent[] events =
        [
            Watched("lesson-1", 0, 60_000, "1"),
            Event(EventKind.VideoPaused, "2") with { PositionMs = 41_000 },
            Event(EventKind.VideoSeeked, "3") with { FromMs = 60_000, ToMs = 40_500 },
            Watched("lesson-1", 40_000, 43_000, "4"),
        ];
        foreach (var e in events)
        {
            LearnerRules.Fold(learner, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        var read = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v4-traces.bin", nameof(LearnerSnapshotCodec), LearnerSnapshotCodec.Encode(learner)));
        var marks = new LessonMarks((UInt128)7 << 40, UInt128.One << 41, UInt128.One << 40);
        Assert.Equal(marks, read.Enrolments[0].Lessons[0].Traces!.MarksOf(100_000));

        var row = GoldenValues.Row with { Lessons = [new("lesson-1", true, true, false, 60_000, 1, marks), new("lesson-2", true, true, false, 1, 1, null)] };
        Assert.Equal([marks, null], RosterRowCodec.Decode(GoldenFile.Read("roster-row.v5-marks.bin", nameof(RosterRowCodec), RosterRowCodec.Encode(row))).Lessons.Select(lesson => lesson.Marks));

        var course = new CourseDefinition { Course = new("algebra"), Version = 1, Lessons = [new() { Id = "a" }, new() { Id = "b", SceneChanges = new([1_500, 90_000]) }] };
        var lessons = CourseCodec.Decode(GoldenFile.Read("course.v1-scenes.bin", nameof(CourseCodec), CourseCodec.Encode(course, 1))).Course.Lessons;
        Assert.Equal([SceneChanges.None, new([1_500, 90_000])], lessons.Select(lesson => lesson.SceneChanges));
    }

    [Fact]
    public void Decode_ACourseWithPrerequisites_HasThem()
    {
        var course = new CourseDefinition
        {
            Course = new("analysis"),
            Version = 3,
            Prerequisites = ["algebra", "logic"],
            IsPromoted = true,
            Lessons = [new() { Id = "a", SceneChanges = new([1_500]) }],
        };
        var read = CourseCodec.Decode(GoldenFile.Read("course.v1-offers.bin", nameof(CourseCodec), CourseCodec.Encode(course, 1))).Course;
        Assert.True(course.HasContentOf(read));
        Assert.Equal(["algebra", "logic"], read.Prerequisites);
        Assert.True(read.IsPromoted);
    }

    [Fact]
    public void Decode_ARowWithRatings_HasThem()
    {
        var row = GoldenValues.Row with { Ratings = new(4500, 9000, [new("lesson-1", 3000)]) };
        RosterGen.AssertSame(WithAllFeatures(row), RosterRowCodec.Decode(GoldenFile.Read("roster-row.v5-ratings.bin", nameof(RosterRowCodec), RosterRowCodec.Encode(row))));
    }

    [Fact]
    public void Contentment_StillMeansTheSame()
    {
        var learner = new LearnerState();
        LearnerEvent[] events =
        [
            Event(EventKind.Commented, "1") with { Lesson = "lesson-1", PositionMs = 41_000, Note = new(CommentLanguage.English, 80, 90, 0, 0, default) },
            Event(EventKind.Commented, "2", MondayMs + (14 * DayMs)) with { Lesson = "lesson-1", PositionMs = 7_500, Note = new(CommentLanguage.English, 20, 0, 0, 0, default) },
            Event(EventKind.Withdrew, "3", MondayMs + (15 * DayMs)) with { Text = "too expensive", Note = new(CommentLanguage.English, 10, 0, 0, 0, CommentAspectSet.Of(CommentAspect.Price)) },
        ];
        foreach (var e in events)
        {
            LearnerRules.Fold(learner, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        var read = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v4-contentment.bin", nameof(LearnerSnapshotCodec), LearnerSnapshotCodec.Encode(learner))).Enrolments[0];
        var lesson = Assert.Single(read.Comments!.Lessons);
        Assert.Equal((MondayMs + (14 * DayMs), 1.5, 0.4), (lesson.Recent.AsOfMs, lesson.Recent.Weight, Math.Round(lesson.Recent.Mean, 9)));
        Assert.Equal([new(7, 1, 20), new(41, 1, 80)], lesson.Placed.Hundredths(100_000));

        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("lesson-1"));
        var comments = GoldenValues.Row with { Comments = read.Comments.RowOf(read.Status, course), Ratings = new(4_500, 9_000, []) };
        var stored = RosterRowCodec.Decode(GoldenFile.Read("roster-row.v5-contentment.bin", nameof(RosterRowCodec), RosterRowCodec.Encode(comments)));
        var row = stored.Comments!;
        Assert.Equal((4_500, 9_000), (stored.Ratings!.CourseMilli, stored.Ratings.RecommendMilli));
        Assert.Equal("too expensive", row.Reason!.Excerpt);
        Assert.Equal(read.Comments.Recent.Share(), row.Recent);
        Assert.Equal(lesson.Recent.Share(), row.Lessons[0].Recent);
        Assert.Equal([new(7, 1, 20), new(41, 1, 80)], row.Lessons[0].Placed);
    }

    [Fact]
    public void Interests_StillMeanTheSame()
    {
        var learner = new LearnerState();
        LearnerEvent[] events =
        [
            Watched("lesson-1", 0, 60_000, "1"),
            Event(EventKind.LessonCompleted, "2") with { Lesson = "lesson-2" },
            Watched("lesson-2", 0, 60_000, "3", MondayMs + DayMs),
            Event(EventKind.QuestionAsked, "4", MondayMs + HourMs) with { Lesson = "lesson-1" },
            Event(EventKind.Commented, "5", MondayMs + DayMs) with { Lesson = "lesson-1" },
        ];
        foreach (var e in events)
        {
            LearnerRules.Fold(learner, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        InterestCorrection[] corrections = [new("代数", InterestVerdict.Interested), new("logic", InterestVerdict.NotInterested)];
        foreach (var correction in corrections)
        {
            InterestCorrectionRules.Fold(learner, correction);
        }

        var read = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v4-interests.bin", nameof(LearnerSnapshotCodec), LearnerSnapshotCodec.Encode(learner)));
        Assert.Equal(corrections, read.InterestCorrections);
        Assert.Equal([MondayMs, MondayMs + DayMs], read.Enrolments[0].Lessons.Select(lesson => lesson.LastAtMs));
        var talk = Assert.Single(read.Enrolments[0].Talks);
        Assert.Equal(("lesson-1", 1, MondayMs + HourMs, 1, MondayMs + DayMs), (talk.Lesson, talk.Asked, talk.AskedAtMs, talk.Commented, talk.CommentedAtMs));

        var frame = new LearnerFrame(7, MondayMs, 1, "prior-1", [], null, []) { Corrections = corrections };
        Assert.Equal(corrections, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v4-interests.bin", nameof(LearnerFrame), frame.Encode(new PayloadWriter()))).Corrections);
    }

    [Fact]
    public void JournalFrame_WithOpinions_IsAsItWas()
    {
        var comment = Event(EventKind.Commented, "1") with { Lesson = "lesson-1", Text = "well", Note = new(CommentLanguage.Chinese, 48, 3, 2, 1, CommentAspectSet.Of(CommentAspect.Pace)) };
        CommentOpinion[] opinions = [CommentOpinionRules.Of(comment, 0.93), CommentOpinionRules.Of(comment with { Lesson = null }, 0.07)];
        var frame = new LearnerFrame(7, MondayMs, 1, "prior-1", [], null, []) { Opinions = opinions };
        Assert.Equal(opinions, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v4-opinions.bin", nameof(LearnerFrame), frame.Encode(new PayloadWriter()))).Opinions);
    }

    private static void AssertNudged(LearnerState learner)
    {
        Assert.Equal((3, 17), (learner.Sequence, learner.EventCount));
        AssertContacts(learner);
        Assert.Equal([(Monday, true, false, 0), (Monday + 68, false, false, 2)], CheckInsOf(learner.Enrolments[1]));
        Assert.Equal(("Asia/Kathmandu", 240, Monday + 69), (learner.Preferences.TimeZone, learner.Clock.DayStartMinutes, learner.Clock.DayOf(MondayMs + (69 * DayMs))));
        Assert.Equal(MondayMs + (80 * DayMs), learner.Nudges!.Entries[0].OpenedAtMs);
        Assert.Equal((NudgeDelivery.Delivered, true, MondayMs + (80 * DayMs) + HourMs), (learner.Nudges.Entries[0].Delivery, learner.Nudges.Entries[0].IsFinished, learner.Nudges.Entries[0].ActedAtMs));
        Assert.Equal((1, 1, 1), (learner.Nudges.Memberships[0].Sent, learner.Nudges.Memberships[0].Opened, learner.Nudges.Memberships[1].WouldSend));
        Assert.Equal(1, learner.Nudges.Memberships[0].Arms!.SumsOf(new("mail")).ChosenMean);
    }

    private static (int Day, bool CheckedIn, bool QuizPassed, int MadeUpAfterDays)[] CheckInsOf(EnrolmentState enrolment) =>
        [.. enrolment.CheckIns.Days.ToArray().Select(day => (day.Day, day.CheckedIn, day.QuizPassed, day.MadeUpAfterDays))];

    private static void AssertContacts(LearnerState learner)
    {
        Assert.Equal((MondayMs - DayMs, MondayMs, 0), (learner.Enrolments[0].FirstPromotedAtMs, learner.Enrolments[0].PromotedAtMs, learner.Enrolments[0].InteractedAtMs));
        Assert.Equal((0, 0, MondayMs), (learner.Enrolments[1].FirstPromotedAtMs, learner.Enrolments[1].PromotedAtMs, learner.Enrolments[1].InteractedAtMs));
        Assert.Equal(CompletionBand.AtRisk, learner.Enrolments[1].Band);
    }

    private static void AssertSame(PooledLogitEvidence expected, PooledLogitEvidence actual)
    {
        Assert.Equal(expected.Learners, actual.Learners);
        Assert.Equal(expected.Information, actual.Information);
        Assert.Equal(expected.Pull, actual.Pull);
        Assert.Equal(expected.TermSums, actual.TermSums);
        Assert.Equal(expected.TermSquares, actual.TermSquares);
        Assert.Equal(expected.Courses.Keys, actual.Courses.Keys);
        Assert.Equal(expected.Courses["文学"].Cross, actual.Courses["文学"].Cross);
        Assert.Equal((expected.Courses["文学"].Information, expected.Courses["文学"].Pull), (actual.Courses["文学"].Information, actual.Courses["文学"].Pull));
    }

    private static RosterRow WithAllFeatures(RosterRow row) =>
        row with { Features = [.. row.Features, .. new float[CompletionFeatures.Count - row.Features.Length]] };

    private static void AssertGoldenLearner(LearnerState learner, int events, long firstEventAtMs)
    {
        Assert.Equal((2, events, firstEventAtMs, MondayMs + (70 * DayMs)), (learner.Sequence, learner.EventCount, learner.FirstEventAtMs, learner.LastEventAtMs));
        Assert.Equal(["веб", "app"], learner.Sources.Select(s => s.Name));
        Assert.Equal((MondayMs + (70 * DayMs), 19_826), (learner.Sources[1].NewestAtMs, learner.Sources[1].FloorDay));
        Assert.Equal([(19_856, 5)], learner.Sources[1].Days.Select(d => (d.Day, d.Count)));
        Assert.Equal([(19_786, 4)], learner.Sources[0].Days.Select(d => (d.Day, d.Count)));
        Assert.Equal(["algebra", "文学"], learner.Enrolments.Select(e => e.Course.Value));

        var algebra = learner.Enrolments[0];
        Assert.Equal((EnrolmentStatus.Completed, 2), (algebra.Status, algebra.Attempt));
        Assert.Equal((MondayMs, MondayMs + (70 * DayMs)), (algebra.EnrolledAtMs, algebra.LastActivityAtMs));
        Assert.Equal((MondayMs + (80 * DayMs), 0.75f, MondayMs + (80 * DayMs), 2), (algebra.CompletedAtMs, algebra.Probability, algebra.EvaluatedAtMs, algebra.ChangedAtSequence));
        Assert.Equal([0, 20_000, 30_000, 40_000], algebra.FindLesson("lesson-1")!.Coverage.Bounds.ToArray());
        Assert.Equal((30_000, 40_000, 60_000_000), (algebra.UniqueMs, algebra.WatchedMs, algebra.SpeedWeightedMs));
        Assert.Equal((1, 1, 1), (algebra.CountOf(EventKind.Enrolled), algebra.CountOf(EventKind.Withdrew), algebra.CountOf(EventKind.AssessmentSubmitted)));
        Assert.Equal((700_000, MondayMs + DayMs), (algebra.FindAssessment("test-1")!.BestScorePpm, algebra.FindAssessment("test-1")!.DueAtMs));
        Assert.Equal((2, 3), (algebra.ActiveDays.Count, algebra.Sessions));
        Assert.Equal("s1", algebra.SessionId);

        var literature = learner.Enrolments[1];
        Assert.Equal((EnrolmentStatus.Active, true, 4500), (literature.Status, literature.FindReaction("")!.Liked, literature.FindReaction("é")!.StarsMilli));
        Assert.Equal((3, 1), (literature.FamilyCounts[(int)ActivityFamily.Page], literature.CheckInDays.Count));
        Assert.Equal(3, literature.Recent.Counts[(int)DecayFamily.Navigation * DecayedCounts.HalfLifeCount]);
    }
}
