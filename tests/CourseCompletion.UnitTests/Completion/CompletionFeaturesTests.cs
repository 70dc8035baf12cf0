using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion;

public class CompletionFeaturesTests
{
    private const int HistoryDays = 40;

    // What Advance leaves as it was: work that falls due meanwhile, and check-ins.
    private static readonly int[] _notAdvanced = [FeatureIndex.Due, FeatureIndex.SubmittedShare, FeatureIndex.Missing, FeatureIndex.CheckInDays28];

    private static readonly int[] _falls =
    [
        .. Enumerable.Range(0, DecayedCounts.FamilyCount * DecayedCounts.HalfLifeCount),
        FeatureIndex.ActiveDays7, FeatureIndex.ActiveDays14, FeatureIndex.ActiveDays28, FeatureIndex.Streak, FeatureIndex.CheckInDays28,
        FeatureIndex.ActiveDays3, FeatureIndex.ActiveWeeks9, FeatureIndex.ActiveDayShare,
    ];

    private static readonly Gen<(LearnerEvent[] History, CourseDefinition[] Courses)> _learner = Gen.Select(LearnerEventGen.History(60, HistoryDays), CourseBuilder.Catalog());

    private static readonly Gen<long> _silenceMs = Gen.OneOf<long>(Gen.Long[0, DayMs], Gen.Long[0, 100 * DayMs], Gen.Int[0, 800].Select(days => days * DayMs));

    [Fact]
    public void Names_All_AreThereAndUnique()
    {
        Assert.Equal((84, 84), (CompletionFeatures.Count, CompletionFeatures.Names.Count));
        Assert.DoesNotContain(CompletionFeatures.Names, string.IsNullOrEmpty);
        Assert.Equal(84, CompletionFeatures.Names.Distinct().Count());
    }

    // Names and order belong to a version: a model trained on version 2 reads them by index. Version 1 was the first 64.
    [Fact]
    public void Names_Version2_AreTheseInThisOrder()
    {
        Assert.Equal(2, CompletionFeatures.Version);
        Assert.Equal(
            "video_6h video_1d video_3d video_7d video_28d problem_6h problem_1d problem_3d problem_7d problem_28d "
            + "discussion_6h discussion_1d discussion_3d discussion_7d discussion_28d navigation_6h navigation_1d navigation_3d navigation_7d navigation_28d "
            + "social_6h social_1d social_3d social_7d social_28d any_6h any_1d any_3d any_7d any_28d "
            + "hours_silent gap_mean gap_deviation gap_now active_days_7 active_days_14 active_days_28 active_days_all streak longest_absence slope "
            + "sessions session_minutes watched_share rewatch_share seeks_back_per_hour speed due submitted_share late missing score_mean assessments "
            + "questions answers comments progress pace lessons_completed parallel_enrolments days_enrolled elapsed_share check_in_days_28 lesson_reach "
            + "video_all problem_all discussion_all navigation_all page_all page_close_all content_all any_all per_active_day active_day_share active_weeks_9 "
            + "active_days_3 active_days_week_before enrolled_ahead elapsed_days handed_in days_early score_latest score_lowest others_withdrawn",
            string.Join(' ', CompletionFeatures.Names));
    }

    [Fact]
    public void Fill_AnyLearner_IsFinite() => Gen.Select(_learner, _silenceMs).Sample(
        (learner, silenceMs) =>
        {
            foreach (var (state, enrolment, course) in Enrolments(learner))
            {
                Assert.All(Filled(state, enrolment, course, NewestMs(state) + silenceMs), feature => Assert.True(float.IsFinite(feature)));
            }
        },
        iter: 300);

    [Fact]
    public void Fill_LeftoversInTheVector_DoNotMatter() => _learner.Sample(learner =>
    {
        foreach (var (state, enrolment, course) in Enrolments(learner))
        {
            var dirty = new float[CompletionFeatures.Count];
            Array.Fill(dirty, float.NaN);
            CompletionFeatures.Fill(state, enrolment, course, ProgressRules.Measure(enrolment, course), MondayMs + (50 * DayMs), dirty);

            Assert.Equal(Filled(state, enrolment, course, MondayMs + (50 * DayMs)), dirty);
        }
    });

    [Fact]
    public void Advance_AnySilence_AgreesWithFillAsOfThen() => Gen.Select(_learner, _silenceMs, _silenceMs).Sample(
        (learner, firstMs, thenMs) =>
        {
            foreach (var (state, enrolment, course) in Enrolments(learner))
            {
                var fromMs = NewestMs(state) + firstMs;
                var advanced = Filled(state, enrolment, course, fromMs);
                var mask = enrolment.LastActivityAtMs == 0 ? 0 : enrolment.ActiveDays.MaskEnding(LearnerTime.DayOf(enrolment.LastActivityAtMs));
                CompletionFeatures.Advance(advanced, mask, enrolment.LastActivityAtMs, enrolment.EnrolledAtMs, course, fromMs, fromMs + thenMs);
                var filled = Filled(state, enrolment, course, fromMs + thenMs);
                for (var i = 0; i < CompletionFeatures.Count; i++)
                {
                    if (!_notAdvanced.Contains(i))
                    {
                        Assert.True(Math.Abs(filled[i] - advanced[i]) <= 1e-3, $"{CompletionFeatures.Names[i]}: {advanced[i]} is not {filled[i]}.");
                    }
                }
            }
        },
        iter: 500);

    [Fact]
    public void Fill_LongerSilence_NeverRaisesRecency() => Gen.Select(_learner, _silenceMs, _silenceMs).Sample(
        (learner, firstMs, thenMs) =>
        {
            foreach (var (state, enrolment, course) in Enrolments(learner))
            {
                var fromMs = NewestMs(state) + firstMs;
                var (before, after) = (Filled(state, enrolment, course, fromMs), Filled(state, enrolment, course, fromMs + thenMs));

                Assert.All(_falls, i => Assert.True(after[i] <= before[i], $"{CompletionFeatures.Names[i]} rose from {before[i]} to {after[i]}."));
                Assert.True(after[FeatureIndex.HoursSilent] >= before[FeatureIndex.HoursSilent]);
            }
        },
        iter: 300);

    [Fact]
    public void Fill_NudgesAndPromotions_ChangeNothing() => Gen.Select(_learner, LearnerEventGen.Event(HistoryDays).Array[1, 20], _silenceMs).Sample(
        (learner, contacts, silenceMs) =>
        {
            EventKind[] kinds = [EventKind.PromotionShown, EventKind.PromotionClicked, EventKind.NudgeOpened, EventKind.NudgeDismissed];
            var nudges = contacts.Select((e, i) => e with { EventId = $"contact {i}", Kind = kinds[i % 4], ObjectId = "nudge", Lesson = "lesson-1" });

            // Courses that the learner knows only from promotions, too.
            var elsewhere = nudges.Select((e, i) => e with { EventId = $"elsewhere {i}", Course = new CourseId($"promoted {i}") });
            var alone = Live(learner);
            var nudged = Live((History: [.. learner.History, .. nudges, .. elsewhere], learner.Courses));
            var asOfMs = MondayMs + (HistoryDays * DayMs) + silenceMs;
            foreach (var enrolment in alone.State.Enrolments.Where(e => e.IsEnrolled))
            {
                var course = learner.Courses.Single(c => c.Course == enrolment.Course);

                Assert.Equal(
                    Filled(alone.State, enrolment, course, asOfMs), Filled(nudged.State, nudged.State.FindEnrolment(enrolment.Course)!, course, asOfMs));
            }
        },
        iter: 200);

    [Fact]
    public void Fill_AnyOrderOfArrival_AgreesButForSessions() => _learner.SelectMany(l => Gen.Shuffle(l.History).Select(shuffled => (l, shuffled))).Sample((learner, shuffled) =>
    {
        var (one, other) = (Live(learner), Live((shuffled, learner.Courses)));
        foreach (var enrolment in one.State.Enrolments)
        {
            var course = learner.Courses.Single(c => c.Course == enrolment.Course);
            var asOfMs = MondayMs + (HistoryDays * DayMs);
            var (expected, actual) = (Filled(one.State, enrolment, course, asOfMs), Filled(other.State, other.State.FindEnrolment(enrolment.Course)!, course, asOfMs));
            for (var i = 0; i < CompletionFeatures.Count; i++)
            {
                if (i is not (FeatureIndex.Sessions or FeatureIndex.SessionMinutes))
                {
                    Assert.True(Math.Abs(expected[i] - actual[i]) <= 1e-5, $"{CompletionFeatures.Names[i]}: {actual[i]} is not {expected[i]}.");
                }
            }
        }
    });

    [Fact]
    public void Fill_WrittenOutExample_HasTheseFeatures()
    {
        var course = CourseBuilder.Course(
            "algebra",
            CourseBuilder.Video("v", 100),
            CourseBuilder.Lesson("quiz", LessonKind.Quiz) with { DueAtMs = MondayMs + DayMs },
            CourseBuilder.Video("extra", 0) with { Required = false }) with
        {
            StartsAtMs = MondayMs,
            EndsAtMs = MondayMs + (10 * DayMs),
        };
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(
            MondayMs + (3 * DayMs),
            Watched("v", 0, 95_000, "1", MondayMs + HourMs) with { Speed = 2 },
            Event(EventKind.CheckedIn, "2", MondayMs + DayMs),
            Event(EventKind.AssessmentSubmitted, "3", MondayMs + (3 * DayMs)) with { ObjectId = "quiz", Value = 8 });
        var vector = Filled(learner.State, learner.State.Enrolments[0], course, MondayMs + (5 * DayMs));

        AssertFeatures(
            vector,
            (FeatureIndex.HoursSilent, Math.Log(49)), (FeatureIndex.GapMean, 1.5), (FeatureIndex.GapDeviation, 0.5), (FeatureIndex.GapNow, 0.5 / 1.5),
            (FeatureIndex.ActiveDays7, 3), (FeatureIndex.ActiveDaysAll, Math.Log(4)), (FeatureIndex.Streak, 1), (FeatureIndex.LongestAbsence, 2),
            (FeatureIndex.Sessions, Math.Log(4)), (FeatureIndex.WatchedShare, 0.95), (FeatureIndex.RewatchShare, 0), (FeatureIndex.Speed, 2),
            (FeatureIndex.Due, Math.Log(2)), (FeatureIndex.SubmittedShare, 1), (FeatureIndex.Late, Math.Log(2)), (FeatureIndex.Missing, 0),
            (FeatureIndex.ScoreMean, 0.8), (FeatureIndex.Assessments, Math.Log(2)), (FeatureIndex.Progress, 1), (FeatureIndex.LessonsCompleted, Math.Log(3)), (FeatureIndex.LessonReach, 2.0 / 3),
            (FeatureIndex.ElapsedShare, 0.5), (FeatureIndex.Pace, 0.5), (FeatureIndex.CheckInDays28, 1), (FeatureIndex.ParallelEnrolments, 0),
            (FeatureIndex.DaysEnrolled, Math.Log(1 + (119.0 / 24))), ((int)DecayFamily.Any * 5, Math.Log(1 + Math.Pow(2, -119.0 / 6) + Math.Pow(2, -96.0 / 6) + Math.Pow(2, -48.0 / 6))),
            (FeatureIndex.VideoAll, Math.Log(2)), (FeatureIndex.ProblemAll, Math.Log(2)), (FeatureIndex.PageAll, 0), (FeatureIndex.AnyAll, Math.Log(4)),
            (FeatureIndex.PerActiveDay, Math.Log(2)), (FeatureIndex.ActiveDayShare, 3.0 / 6), (FeatureIndex.ActiveWeeks9, 1), (FeatureIndex.ActiveDays3, 1),
            (FeatureIndex.ActiveDaysWeekBefore, 0), (FeatureIndex.EnrolledAhead, -Math.Log(1 + (1.0 / 24))), (FeatureIndex.ElapsedDays, Math.Log(6)),
            (FeatureIndex.HandedIn, Math.Log(2)), (FeatureIndex.DaysEarly, -2), (FeatureIndex.ScoreLatest, 0.8), (FeatureIndex.ScoreLowest, 0.8),
            (FeatureIndex.OthersWithdrawn, 0));
    }

    [Fact]
    public void Fill_LookedAgainAfterTheDueTime_IsNotLate()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("v", 100) with { DueAtMs = MondayMs + (10 * DayMs) });
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(
            MondayMs + (12 * DayMs),
            Watched("v", 0, 100_000, "1", MondayMs + (5 * DayMs)),
            Event(EventKind.VideoPlayed, "2", MondayMs + (12 * DayMs)) with { Lesson = "v" });

        AssertFeatures(
            Filled(learner.State, learner.State.Enrolments[0], course, MondayMs + (12 * DayMs)),
            (FeatureIndex.Late, 0), (FeatureIndex.Due, Math.Log(2)), (FeatureIndex.SubmittedShare, 1), (FeatureIndex.Missing, 0));
    }

    [Fact]
    public void Fill_SilentForHalfAYear_KeepsTheRhythmAndTheAbsence()
    {
        var course = CourseBuilder.Course("algebra");
        var learner = new LivingLearner(new LearnerStore(), LearnerPolicy.Default, _ => course);
        learner.Record(MondayMs + (4 * DayMs), [.. Enumerable.Range(0, 5).Select(day => Event(EventKind.Shared, $"{day}", MondayMs + (day * DayMs)))]);

        AssertFeatures(
            Filled(learner.State, learner.State.Enrolments[0], course, MondayMs + (180 * DayMs)),
            (FeatureIndex.GapMean, 1), (FeatureIndex.GapNow, 63), (FeatureIndex.Streak, 5), (FeatureIndex.LongestAbsence, 64), (FeatureIndex.ActiveDays28, 0));
    }

    private static void AssertFeatures(float[] vector, params (int Index, double Value)[] expected) => Assert.All(
        expected, e => Assert.True(Math.Abs(e.Value - vector[e.Index]) <= 1e-5, $"{CompletionFeatures.Names[e.Index]}: {vector[e.Index]} is not {e.Value}."));

    private static float[] Filled(LearnerState state, EnrolmentState enrolment, CourseDefinition course, long asOfMs)
    {
        var vector = new float[CompletionFeatures.Count];
        CompletionFeatures.Fill(state, enrolment, course, ProgressRules.Measure(enrolment, course), asOfMs, vector);
        return vector;
    }

    private static IEnumerable<(LearnerState State, EnrolmentState Enrolment, CourseDefinition Course)> Enrolments((LearnerEvent[] History, CourseDefinition[] Courses) learner)
    {
        var state = Live(learner).State;
        return state.Enrolments.Select(e => (state, e, learner.Courses.Single(c => c.Course == e.Course)));
    }

    private static long NewestMs(LearnerState state) => state.LastEventAtMs;

    private static LivingLearner Live((LearnerEvent[] History, CourseDefinition[] Courses) learner)
    {
        var live = new LivingLearner(
            new LearnerStore(),
            LearnerPolicy.Default with { DedupeHorizonDays = 100 },
            id => Array.Find(learner.Courses, c => c.Course == id) ?? CourseDefinition.Draft(id, MondayMs));
        live.Record(MondayMs + (HistoryDays * DayMs), learner.History);
        return live;
    }
}
