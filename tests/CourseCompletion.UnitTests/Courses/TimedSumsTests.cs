using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using NodaTime;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class TimedSumsTests
{
    private static readonly Gen<string> _zone = Gen.OneOf("Etc/UTC", "Europe/Berlin", "Asia/Kathmandu", "America/Sao_Paulo", "Pacific/Apia", "America/St_Johns");

    [Fact]
    public void Evaluate_AnyRows_IsWhatCountingOneByOneGives() => Gen.Select(RosterGen.Row.Array[0, 10], _zone, Gen.Long[0, 10 * LearnerTime.DayMs]).Sample((rows, zone, backMs) =>
    {
        var asOfMs = LearnerEventBuilder.MondayMs - backMs;
        rows = [.. rows.Select((r, i) => r with { LastActivityAtMs = i % 4 == 0 ? Math.Min(r.LastActivityAtMs, asOfMs) : asOfMs - (r.LastActivityAtMs % (9 * LearnerTime.DayMs)) })];
        var sums = TimedSums.Evaluate(rows.Select(r => new EvaluatedRow(r, r.Probability, r.Band, r.Progress)), CourseBuilder.Course("algebra") with { TimeZone = zone }, asOfMs);
        var enrolled = rows.Where(r => r.Status is not (EnrolmentStatus.Prospect or EnrolmentStatus.Withdrawn)).ToArray();

        Assert.Equal(asOfMs, sums.AsOfMs);
        Assert.Equal(rows.Count(r => LocalDay(r.LastActivityAtMs, zone) == LocalDay(asOfMs, zone)), sums.ActiveToday);
        Assert.Equal(rows.Count(r => LocalDay(r.LastActivityAtMs, zone) > LocalDay(asOfMs, zone).PlusDays(-7)), sums.Active7Days);
        Assert.Equal(enrolled.Sum(r => (double)r.Probability), sums.ProbabilitySum, 1e-9);
        Assert.Equal(enrolled.Sum(r => r.Probability * (1.0 - r.Probability)), sums.ProbabilityVariance, 1e-9);
        Assert.Equal(enrolled.Sum(r => r.Probability * (1.0 - r.Probability) * r.Progress), sums.ProbabilitySpread, 1e-9);
        Assert.Equal(Enumerable.Range(1, 4).Select(band => (long)rows.Count(r => (int)r.Band == band)), sums.Bands);
        for (var bin = 0; bin < TimedSums.BinCount; bin++)
        {
            Assert.Equal(enrolled.Count(r => (int)(r.Probability * 20) == bin), sums.Histogram[bin]);
        }
    });

    [Fact]
    public void Evaluate_CertainCompletion_IsInTheLastBin() => RosterGen.Row.Sample(row =>
    {
        var sums = TimedSums.Evaluate([new(row with { Status = EnrolmentStatus.Completed }, 1f, CompletionBand.None, 0)], CourseBuilder.Course("algebra"), LearnerEventBuilder.MondayMs);

        Assert.Equal(1, sums.Histogram[TimedSums.BinCount - 1]);
    });

    [Fact]
    public void Merge_AnyShards_AddsUpAsOfTheOlderInstant() => Gen.Select(RosterGen.Sums, RosterGen.Sums).Sample((one, other) =>
    {
        var merged = one.Timed.Merge(other.Timed);

        Assert.Equal(Math.Min(one.Timed.AsOfMs, other.Timed.AsOfMs), merged.AsOfMs);
        Assert.Equal(one.Timed.ActiveToday + other.Timed.ActiveToday, merged.ActiveToday);
        Assert.Equal(one.Timed.Active7Days + other.Timed.Active7Days, merged.Active7Days);
        Assert.Equal(one.Timed.ProbabilitySum + other.Timed.ProbabilitySum, merged.ProbabilitySum);
        Assert.Equal(one.Timed.Bands.Zip(other.Timed.Bands, (a, b) => a + b), merged.Bands);
        Assert.Equal(one.Timed.Histogram.Zip(other.Timed.Histogram, (a, b) => a + b), merged.Histogram);
    });

    [Fact]
    public void Merge_WithNone_ChangesNothing() => RosterGen.Sums.Sample(sums => RosterGen.AssertSame(sums.Timed, TimedSums.None.Merge(sums.Timed)));

    private static LocalDate LocalDay(long ms, string zone) => Instant.FromUnixTimeMilliseconds(ms).InZone(DateTimeZoneProviders.Tzdb[zone]).Date;
}
