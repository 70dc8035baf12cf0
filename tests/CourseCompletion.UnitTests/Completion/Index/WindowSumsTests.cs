using CourseCompletion.Domain.Completion.Index;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Index;

public class WindowSumsTests
{
    private const long NowMs = MondayMs + (400 * DayMs) + HourMs;
    private const long WindowMs = MondayMs + (373 * DayMs);

    private static readonly CourseDefinition _selfPaced = CourseDefinition.Draft(new("algebra"), MondayMs);
    private static readonly CourseDefinition _dated = _selfPaced with { StartsAtMs = NowMs - (60 * DayMs), EndsAtMs = NowMs - (20 * DayMs) };

    [Fact]
    public void Evaluate_ActiveAndInteracting_AreCountedFromTheFirstDayOfTheWindow()
    {
        var sums = WindowSums.Evaluate(
            [
                Active("a", WindowMs) with { InteractedAtMs = WindowMs },
                Active("b", NowMs) with { InteractedAtMs = WindowMs - 1 },
                Active("c", WindowMs - 1),
                Active("d", NowMs) with { Status = EnrolmentStatus.Withdrawn, InteractedAtMs = NowMs },
                Active("e", NowMs) with { Status = EnrolmentStatus.Completed, InteractedAtMs = NowMs },
            ],
            _selfPaced,
            NowMs);

        Assert.Equal((3, 2), (sums.Active, sums.Interacting));
        Assert.Equal(4, sums.ActiveLearners.Estimate); // Who withdrew is still an active learner of the tenant.
    }

    [Theory]
    [InlineData(0, 0, 0, false)] // Promoted, nothing else known of the learner.
    [InlineData(0, 0, 1, false)] // Active elsewhere before.
    [InlineData(0, 1, 1, true)] // Enrolled after it.
    [InlineData(-1, 0, 0, null)] // Promoted before the window.
    [InlineData(1, 0, 0, null)] // Enrolled before it.
    public void Evaluate_Promotion_CountsWhoHadNotEnrolledBefore(int promoted, int enrolled, int activeElsewhere, bool? succeeds)
    {
        var promotedAtMs = promoted < 0 ? WindowMs - 1 : NowMs - DayMs;
        var row = Prospect("a") with
        {
            FirstPromotedAtMs = promotedAtMs,
            PromotedAtMs = promotedAtMs,
            LearnerActiveAtMs = activeElsewhere == 0 ? 0 : promotedAtMs - (27 * DayMs),
        };
        if (enrolled == 1)
        {
            row = row with { Status = EnrolmentStatus.Active, EnrolledAtMs = promotedAtMs + 1, LastActivityAtMs = promotedAtMs + 1 };
        }
        else if (promoted == 1)
        {
            row = row with { Status = EnrolmentStatus.Active, EnrolledAtMs = promotedAtMs - 1, LastActivityAtMs = NowMs };
        }

        var sums = WindowSums.Evaluate([row], _selfPaced, NowMs);

        Assert.Equal((succeeds is null ? 0 : 1, succeeds == true ? 1 : 0), (sums.Promoted, sums.Successes));
        Assert.Equal(succeeds is null ? 0 : activeElsewhere, sums.PromotedActive);
    }

    [Fact]
    public void Evaluate_WithdrewWithoutEnrolling_IsNobodysSuccess()
    {
        var row = Prospect("a") with { Status = EnrolmentStatus.Withdrawn, FirstPromotedAtMs = NowMs - DayMs, PromotedAtMs = NowMs - DayMs };

        Assert.Equal((1, 0), (WindowSums.Evaluate([row], _selfPaced, NowMs).Promoted, WindowSums.Evaluate([row], _selfPaced, NowMs).Successes));
    }

    [Fact]
    public void Evaluate_CourseWithDates_KnowsItsOutcomeAfterTheGrace()
    {
        RosterRow[] rows =
        [
            Active("a", NowMs) with { Status = EnrolmentStatus.Completed, EnrolledAtMs = NowMs - (50 * DayMs) },
            Active("b", NowMs) with { EnrolledAtMs = NowMs - (90 * DayMs) },
            Active("c", NowMs) with { EnrolledAtMs = NowMs - DayMs }, // After the end.
        ];

        var known = WindowSums.Evaluate(rows, _dated, NowMs);
        var early = WindowSums.Evaluate(rows, _dated, NowMs - (7 * DayMs));

        Assert.Equal((new RateCount(1, 2), _dated.EndsAtMs), (known.Outcome, known.Cohort.EntersBeforeMs));
        Assert.Equal((default, IndexCohort.None), (early.Outcome, early.Cohort));
        Assert.Equal(1, known.ElapsedShare);
    }

    [Fact]
    public void Evaluate_SelfPacedCourse_KnowsTheCohortWhoseLastLearnerHad180Days()
    {
        var cohort = IndexCohort.KnownAt(_selfPaced, NowMs);

        Assert.InRange(NowMs - cohort.EntersBeforeMs, 180 * DayMs, 208 * DayMs);
        Assert.Equal(28 * DayMs, cohort.EntersBeforeMs - cohort.EntersFromMs);
        Assert.Equal(cohort.EntersBeforeMs + (28 * DayMs), IndexCohort.KnownAt(_selfPaced, NowMs + (28 * DayMs)).EntersBeforeMs);
        var sums = WindowSums.Evaluate(
            [
                Active("a", NowMs) with { EnrolledAtMs = cohort.EntersFromMs },
                Active("b", NowMs) with { EnrolledAtMs = cohort.EntersBeforeMs },
                Active("c", NowMs) with { EnrolledAtMs = cohort.EntersBeforeMs - 1, Status = EnrolmentStatus.Completed },
            ],
            _selfPaced,
            NowMs);
        Assert.Equal(new RateCount(1, 2), sums.Outcome);
    }

    [Fact]
    public void Merge_Shards_IsTheWhole()
    {
        RosterRow[] rows = [.. Enumerable.Range(0, 1_500).Select(i => Active($"learner-{i}", NowMs - (i * DayMs / 20)) with
        {
            InteractedAtMs = i % 3 == 0 ? NowMs : 0,
            EnrolledAtMs = NowMs - (i * DayMs / 10),
            FirstPromotedAtMs = i % 5 == 0 ? 1 : 0,
            PromotedAtMs = i % 5 == 0 ? NowMs : 0,
        })];

        var whole = WindowSums.Evaluate(rows, _dated, NowMs);
        var merged = WindowSums.Merge([.. rows.Chunk(400).Select(shard => WindowSums.Evaluate(shard, _dated, NowMs))]);

        Assert.Equal(Numbers(whole), Numbers(merged));
        Assert.Equal(whole.ElapsedSum, merged.ElapsedSum, 6);
        Assert.Equal(whole.ActiveLearners.Learners, merged.ActiveLearners.Learners);
        Assert.Equal(whole.EarlierLearners.Learners, merged.EarlierLearners.Learners);
        Assert.Equal(whole.Outcome, merged.Outcome);
        Assert.Equal(default, WindowSums.Merge([whole, WindowSums.Evaluate([], _selfPaced, NowMs)]).Outcome); // They do not agree on the cohort.
    }

    [Fact]
    public void Decode_AnySums_IsWhatWasEncoded()
    {
        var sums = WindowSums.Evaluate([Active("a", NowMs) with { PromotedAtMs = NowMs, FirstPromotedAtMs = 1 }, Active("b", NowMs - DayMs)], _dated, NowMs);

        var decoded = WindowSumsCodec.Decode(WindowSumsCodec.Encode(sums));

        Assert.Equal(Numbers(sums), Numbers(decoded));
        Assert.Equal((sums.ElapsedSum, sums.Cohort, sums.Outcome), (decoded.ElapsedSum, decoded.Cohort, decoded.Outcome));
        Assert.Equal(sums.ActiveLearners.Learners, decoded.ActiveLearners.Learners);
        Assert.Equal(sums.EarlierLearners.Learners, decoded.EarlierLearners.Learners);
    }

    private static (long, long, long, long, long, long) Numbers(WindowSums sums) =>
        (sums.AsOfMs, sums.Active, sums.Interacting, sums.Promoted, sums.PromotedActive, sums.Successes);

    private static RosterRow Active(string learner, long lastActivityAtMs) => Prospect(learner) with
    {
        Status = EnrolmentStatus.Active,
        EnrolledAtMs = lastActivityAtMs,
        LastActivityAtMs = lastActivityAtMs,
    };

    private static RosterRow Prospect(string learner) => new()
    {
        Learner = new(learner),
        Version = new(1, 1, 1),
        Status = EnrolmentStatus.Prospect,
        EnrolledAtMs = long.MaxValue,
        LastActivityAtMs = 0,
        ActiveMask = 0,
        Progress = 0,
        Probability = 0,
        EvaluatedAtMs = NowMs,
        Counts = default,
        Lessons = [],
        Features = [],
    };
}
