using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Learners;
using NodaTime;

namespace CourseCompletion.Domain.Courses;

/// <summary>Sums that change without events, as of one instant.</summary>
/// <param name="AsOfMs">The instant; the older one after a merge; <see cref="long.MaxValue"/> for no rows at all.</param>
/// <param name="ActiveToday">Learners active on the course's current day (its zone).</param>
/// <param name="Active7Days">Learners active on that day or one of the 6 before.</param>
/// <param name="ProbabilitySum">The sum of the completion probabilities of the enrolled who have not withdrawn: the expected completions.</param>
/// <param name="Histogram">The same learners by probability, in 20 bins of equal width.</param>
/// <param name="ProbabilityVariance">The sum of p (1 - p) over them: the variance of the completions if learners were independent.</param>
/// <param name="ProbabilitySpread">The sum of p (1 - p) times the deviation of the logit over them: what they have in common, as the course.</param>
/// <param name="Bands">Active learners by band: on track, slipping, at risk, lost.</param>
public sealed record TimedSums(
    long AsOfMs, long ActiveToday, long Active7Days, double ProbabilitySum, long[] Histogram, double ProbabilityVariance, double ProbabilitySpread, long[] Bands)
{
    /// <summary>How many bins the histogram has.</summary>
    public const int BinCount = 20;

    /// <summary>How many bands there are.</summary>
    public const int BandCount = (int)CompletionBand.Lost;

    /// <summary>Nothing.</summary>
    public static TimedSums None { get; } = new(long.MaxValue, 0, 0, 0, new long[BinCount], 0, 0, new long[BandCount]);

    /// <summary>Evaluates rows whose probabilities were just brought up to an instant.</summary>
    public static TimedSums Evaluate(IEnumerable<EvaluatedRow> rows, CourseDefinition course, long asOfMs)
    {
        var (dayStartsAtMs, weekStartsAtMs) = DayStarts(course.TimeZone, asOfMs);
        long today = 0, sevenDays = 0;
        double sum = 0, variance = 0, spread = 0;
        var histogram = new long[BinCount];
        var bands = new long[BandCount];
        foreach (var (row, probability, band, deviation) in rows)
        {
            today += row.LastActivityAtMs >= dayStartsAtMs ? 1 : 0;
            sevenDays += row.LastActivityAtMs >= weekStartsAtMs ? 1 : 0;
            if (row.Status is not (EnrolmentStatus.Prospect or EnrolmentStatus.Withdrawn))
            {
                sum += probability;
                variance += probability * (1.0 - probability);
                spread += probability * (1.0 - probability) * deviation;
                histogram[Math.Min(BinCount - 1, (int)(probability * BinCount))]++;
            }

            if (band != CompletionBand.None)
            {
                bands[(int)band - 1]++;
            }
        }

        return new(asOfMs, today, sevenDays, sum, histogram, variance, spread, bands);
    }

    /// <summary>The sum of both, as of the older instant.</summary>
    public TimedSums Merge(TimedSums other) => new(
        Math.Min(AsOfMs, other.AsOfMs),
        ActiveToday + other.ActiveToday,
        Active7Days + other.Active7Days,
        ProbabilitySum + other.ProbabilitySum,
        Sum(Histogram, other.Histogram),
        ProbabilityVariance + other.ProbabilityVariance,
        ProbabilitySpread + other.ProbabilitySpread,
        Sum(Bands, other.Bands));

    private static long[] Sum(long[] counts, long[] others)
    {
        var sum = new long[counts.Length];
        for (var i = 0; i < sum.Length; i++)
        {
            sum[i] = counts[i] + others[i];
        }

        return sum;
    }

    // Of today and of the day 6 days before: by the calendar, because a day may have 23 or 25 hours.
    private static (long Today, long Week) DayStarts(string zone, long asOfMs)
    {
        var zoned = Instant.FromUnixTimeMilliseconds(asOfMs).InZone(DateTimeZoneProviders.Tzdb[zone]);
        return (StartOf(zoned.Date), StartOf(zoned.Date.PlusDays(-6)));

        long StartOf(LocalDate date) => zoned.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
    }
}

/// <summary>A row with what was evaluated for it as of an instant.</summary>
/// <param name="Row">The row.</param>
/// <param name="Probability">The completion probability, 0 to 1.</param>
/// <param name="Band">The band.</param>
/// <param name="Deviation">The standard deviation of the probability's logit (<see cref="Completion.ICompletionPredictor.DeviationOf"/>).</param>
public readonly record struct EvaluatedRow(RosterRow Row, float Probability, CompletionBand Band, float Deviation);
