using System.IO.Hashing;
using System.Runtime.InteropServices;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>When an enrolment's prediction is put aside to be compared with its label.</summary>
/// <remarks>
/// At one instant in each week of the enrolment, uniformly random (by a hash, so that it is the same on every silo), while the learner could still go either way. Of all weeks one
/// prediction is kept, each with the same chance (reservoir sampling with one place: Vitter 1985), because the predictions of an enrolment share one label: more of them would cost
/// memory and say little more. So every enrolment weighs the same, however long it lasted. Another is kept for a week, to see whether its learner stays active (<see cref="ProxyRules"/>).
/// </remarks>
public static class PendingPredictionRules
{
    private const long WeekMs = ProxyRules.WeekMs;

    /// <summary>The prediction to keep from now on: the one before, unless an instant has come.</summary>
    /// <param name="before">What was kept; null when nothing was.</param>
    /// <param name="row">The enrolment.</param>
    /// <param name="course">The course.</param>
    /// <param name="champion">The model that scores.</param>
    /// <param name="shadow">The model beside it; null for none.</param>
    /// <param name="nowMs">Now: predictions are made as of it.</param>
    /// <param name="maturity">When labels mature.</param>
    public static PendingPrediction? Next(
        PendingPrediction? before, RosterRow row, CourseDefinition course, TenantModel champion, TenantModel? shadow, long nowMs, MaturityPolicy maturity)
    {
        if (row.Status != EnrolmentStatus.Active)
        {
            return before;
        }

        var sinceMs = Math.Max(row.EnrolledAtMs, course.StartsAtMs ?? row.EnrolledAtMs);
        var week = nowMs < sinceMs ? -1 : (int)((nowMs - sinceMs) / WeekMs);
        if (week < 0 || week <= before?.Week || nowMs >= DecidedAtMs(course, row.EnrolledAtMs, maturity))
        {
            return before;
        }

        var draw = DrawOf(row.Learner, course.Course, week);
        if ((nowMs - sinceMs) % WeekMs < WeekMs * draw.Instant)
        {
            return before;
        }

        var count = (before?.WeekCount ?? 0) + 1;
        var takesPlace = before is null || draw.Place * count < 1;
        if (!takesPlace && before!.Proxy is not null)
        {
            return before with { Week = week, WeekCount = count };
        }

        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        row.FillAt(Math.Max(nowMs, row.EvaluatedAtMs), course, vector);
        var taken = new TakenPrediction(week, nowMs, champion.Predict(course.Course, vector), shadow?.Predict(course.Course, vector));
        return new(week, count, takesPlace ? taken : before!.Kept, before?.Proxy ?? taken);
    }

    /// <summary>Whether the week after the prediction is over in which its learner's activity counts.</summary>
    public static bool HasProxyLabel(PendingPrediction pending, long nowMs) => pending.Proxy is { } proxy && proxy.AtMs + ProxyRules.WeekMs <= nowMs;

    // From here on nothing that a learner does counts, or everybody of the cohort is late.
    private static long DecidedAtMs(CourseDefinition course, long enrolledAtMs, MaturityPolicy maturity) =>
        course.EndsAtMs is { } endsAtMs && enrolledAtMs < endsAtMs ? endsAtMs : MaturityRules.MaturesAtMs(course, enrolledAtMs, maturity);

    // Two numbers from 0 to 1: where in the week, and whether it takes the place.
    private static (double Instant, double Place) DrawOf(LearnerId learner, CourseId course, int week)
    {
        var hash = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<ulong>([KeyHash.Of(learner.Value), KeyHash.Of(course.Value), (ulong)week]));
        return ((uint)hash / (double)uint.MaxValue, (uint)(hash >> 32) / (double)uint.MaxValue);
    }
}
