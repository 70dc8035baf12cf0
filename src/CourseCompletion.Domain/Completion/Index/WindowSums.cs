using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What a course's rows say about R, I and P over the last <see cref="IndexPolicy.WindowDays"/>, and how its newest known cohort ended; as of one instant.</summary>
/// <param name="AsOfMs">The instant; the oldest one after a merge; <see cref="long.MaxValue"/> for no rows at all.</param>
/// <param name="Active">Enrolled learners, not withdrawn, who were active in the window.</param>
/// <param name="Interacting">Those of them who interacted in it.</param>
/// <param name="Promoted">Learners to whom the course was promoted in the window and who had not enrolled before.</param>
/// <param name="PromotedActive">Those of them who had been active in any course in the window's length before that.</param>
/// <param name="Successes">Those of <paramref name="Promoted"/> who enrolled after it.</param>
/// <param name="ElapsedSum">The elapsed shares of the active ones, summed.</param>
/// <param name="Cohort">The newest cohort whose outcome is known.</param>
/// <param name="Outcome">Completed, of all who entered with it.</param>
/// <param name="ActiveLearners">A sample of those active in the window.</param>
/// <param name="EarlierLearners">A sample of those who had enrolled before the window.</param>
public sealed record WindowSums(
    long AsOfMs,
    long Active,
    long Interacting,
    long Promoted,
    long PromotedActive,
    long Successes,
    double ElapsedSum,
    IndexCohort Cohort,
    RateCount Outcome,
    LearnerSample ActiveLearners,
    LearnerSample EarlierLearners)
{
    private const long WindowMs = IndexPolicy.WindowDays * LearnerTime.DayMs;

    /// <summary>No rows.</summary>
    public static WindowSums None { get; } =
        new(long.MaxValue, 0, 0, 0, 0, 0, 0, IndexCohort.None, default, LearnerSample.Empty, LearnerSample.Empty);

    /// <summary>The first UTC day of the window that ends with an instant's day.</summary>
    public static int FirstDay(long asOfMs) => LearnerTime.DayOf(asOfMs) - IndexPolicy.WindowDays + 1;

    /// <summary>The mean elapsed share of the active learners; a half when there are none.</summary>
    public double ElapsedShare => Active == 0 ? 0.5 : ElapsedSum / Active;

    /// <summary>Evaluates rows as of an instant.</summary>
    public static WindowSums Evaluate(IEnumerable<RosterRow> rows, CourseDefinition course, long asOfMs)
    {
        var fromMs = FirstDay(asOfMs) * LearnerTime.DayMs;
        var cohort = IndexCohort.KnownAt(course, asOfMs);
        long active = 0, interacting = 0, promoted = 0, promotedActive = 0, successes = 0, completed = 0, entered = 0;
        var elapsed = 0d;
        List<SampledLearner> activeLearners = [], earlierLearners = [];
        foreach (var row in rows)
        {
            // Who withdrew without ever enrolling is no more enrolled than a mere contact.
            var isEnrolled = row.EnrolledAtMs != long.MaxValue;
            if (isEnrolled && row.LastActivityAtMs >= fromMs)
            {
                activeLearners.Add(SampledLearner.Of(row.Learner.Value, LearnerTime.DayOf(row.LastActivityAtMs)));
                if (row.Status != EnrolmentStatus.Withdrawn)
                {
                    active++;
                    interacting += row.InteractedAtMs >= fromMs ? 1 : 0;
                    elapsed += IndexCohort.ElapsedFor(course, row.EnrolledAtMs, asOfMs);
                }
            }

            if (isEnrolled && row.EnrolledAtMs < fromMs)
            {
                earlierLearners.Add(SampledLearner.Of(row.Learner.Value, LearnerTime.DayOf(row.LastActivityAtMs)));
            }

            // EnrolledAtMs lies beyond any time for who never enrolled.
            if (row.PromotedAtMs >= fromMs && row.EnrolledAtMs >= row.FirstPromotedAtMs && row.EnrolledAtMs >= fromMs)
            {
                promoted++;
                promotedActive += isEnrolled || row.LearnerActiveAtMs >= row.PromotedAtMs - WindowMs ? 1 : 0;
                successes += isEnrolled ? 1 : 0;
            }

            if (isEnrolled && cohort.Holds(row))
            {
                entered++;
                completed += row.Status == EnrolmentStatus.Completed ? 1 : 0;
            }
        }

        return new(
            asOfMs, active, interacting, promoted, promotedActive, successes, elapsed, cohort, new(completed, entered),
            LearnerSample.Of(activeLearners), LearnerSample.Of(earlierLearners));
    }

    /// <summary>The sum of shards. While they do not agree on the newest known cohort, none is known.</summary>
    public static WindowSums Merge(IReadOnlyCollection<WindowSums> shards)
    {
        if (shards.Count == 0)
        {
            return None;
        }

        var cohort = shards.First().Cohort;
        var agreed = shards.All(shard => shard.Cohort == cohort);
        return new(
            shards.Min(shard => shard.AsOfMs),
            shards.Sum(shard => shard.Active),
            shards.Sum(shard => shard.Interacting),
            shards.Sum(shard => shard.Promoted),
            shards.Sum(shard => shard.PromotedActive),
            shards.Sum(shard => shard.Successes),
            shards.Sum(shard => shard.ElapsedSum),
            agreed ? cohort : IndexCohort.None,
            agreed ? new(shards.Sum(shard => shard.Outcome.Hits), shards.Sum(shard => shard.Outcome.Of)) : default,
            Merge(shards.Select(shard => shard.ActiveLearners)),
            Merge(shards.Select(shard => shard.EarlierLearners)));
    }

    private static LearnerSample Merge(IEnumerable<LearnerSample> samples)
    {
        var all = samples.ToList();
        return LearnerSample.Of(all.SelectMany(sample => sample.Learners), all.Min(sample => sample.HashBelow));
    }
}
