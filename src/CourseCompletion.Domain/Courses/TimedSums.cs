using CourseCompletion.Domain.Learners;
using NodaTime;

namespace CourseCompletion.Domain.Courses;

/// <summary>Sums that change without events, as of one instant.</summary>
/// <param name="AsOfMs">The instant; the older one after a merge; <see cref="long.MaxValue"/> for no rows at all.</param>
/// <param name="ActiveToday">Learners active on the course's current day (its zone).</param>
/// <param name="Active7Days">Learners active in the 7 days of 24 hours before the instant.</param>
/// <param name="ProbabilitySum">The sum of the enrolled learners' completion probabilities: the expected completions.</param>
/// <param name="Histogram">Enrolled learners by probability, in 20 bins of equal width.</param>
public sealed record TimedSums(long AsOfMs, long ActiveToday, long Active7Days, double ProbabilitySum, long[] Histogram)
{
    /// <summary>How many bins the histogram has.</summary>
    public const int BinCount = 20;

    /// <summary>Nothing.</summary>
    public static TimedSums None { get; } = new(long.MaxValue, 0, 0, 0, new long[BinCount]);

    /// <summary>Evaluates rows whose probabilities were just brought up to an instant.</summary>
    public static TimedSums Evaluate(IEnumerable<(RosterRow Row, float Probability)> rows, CourseDefinition course, long asOfMs)
    {
        var dayStartsAtMs = DayStart(course.TimeZone, asOfMs);
        long today = 0, sevenDays = 0;
        double sum = 0;
        var histogram = new long[BinCount];
        foreach (var (row, probability) in rows)
        {
            today += row.LastActivityAtMs >= dayStartsAtMs ? 1 : 0;
            sevenDays += row.LastActivityAtMs > asOfMs - (7 * LearnerTime.DayMs) ? 1 : 0;
            if (row.Status != EnrolmentStatus.Prospect)
            {
                sum += probability;
                histogram[Math.Min(BinCount - 1, (int)(probability * BinCount))]++;
            }
        }

        return new(asOfMs, today, sevenDays, sum, histogram);
    }

    /// <summary>The sum of both, as of the older instant.</summary>
    public TimedSums Merge(TimedSums other)
    {
        var histogram = new long[BinCount];
        for (var i = 0; i < BinCount; i++)
        {
            histogram[i] = Histogram[i] + other.Histogram[i];
        }

        return new(
            Math.Min(AsOfMs, other.AsOfMs), ActiveToday + other.ActiveToday, Active7Days + other.Active7Days, ProbabilitySum + other.ProbabilitySum, histogram);
    }

    private static long DayStart(string zone, long asOfMs)
    {
        var zoned = Instant.FromUnixTimeMilliseconds(asOfMs).InZone(DateTimeZoneProviders.Tzdb[zone]);
        return zoned.Zone.AtStartOfDay(zoned.Date).ToInstant().ToUnixTimeMilliseconds();
    }
}
