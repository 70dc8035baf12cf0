using System.IO.Hashing;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>A fingerprint of an enrolment's facts: equal for equal facts, whatever the order in which the events arrived.</summary>
/// <remarks>Integers only; decayed counts, session figures and what the engine concluded are not facts and are left out.</remarks>
public static class FactHash
{
    /// <summary>XXH3-64 over the facts in canonical order (ids ascending, ordinal).</summary>
    public static ulong Of(EnrolmentState enrolment)
    {
        var to = new PayloadWriter(512);
        to.Text(enrolment.Course.Value);
        to.Int(enrolment.EnrolledAtMs);
        to.Int(enrolment.LastActivityAtMs);
        foreach (var change in enrolment.Changes)
        {
            to.Int(change.Order.OccurredAtMs);
            to.Fixed128(change.Order.Identity);
            to.Bool(change.Enrols);
        }

        Counts(to, enrolment.KindCounts);
        Counts(to, enrolment.FamilyCounts);
        Days(to, enrolment.ActiveDays);
        Days(to, enrolment.CheckInDays);
        foreach (var day in enrolment.CheckIns.Days)
        {
            if (day.IsKept)
            {
                to.Int(day.Day);
                to.Byte(day.Facts);
            }
        }

        foreach (var lesson in enrolment.Lessons.OrderBy(l => l.Id, StringComparer.Ordinal))
        {
            to.Text(lesson.Id);
            to.Int(lesson.FirstAtMs);
            to.Int(lesson.WatchedMs);
            to.Int(lesson.ReportedAtMs);
            foreach (var bound in lesson.Coverage.Bounds)
            {
                to.Int(bound);
            }
        }

        foreach (var assessment in enrolment.Assessments.OrderBy(a => a.Id, StringComparer.Ordinal))
        {
            to.Text(assessment.Id);
            to.Int(assessment.Submissions);
            to.Int(assessment.FirstAtMs);
            to.Int(assessment.LatestScorePpm);
            to.Int(assessment.BestScorePpm);
            to.Int(assessment.DueAtMs);
        }

        foreach (var reaction in enrolment.Reactions.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            to.Text(reaction.Id);
            to.Bool(reaction.Liked);
            to.Bool(reaction.Bookmarked);
            to.Int(reaction.StarsMilli);
        }

        to.Int(enrolment.SeeksBack);
        to.Int(enrolment.SpeedWeightedMs);
        to.Int(enrolment.FirstPromotedAtMs);
        to.Int(enrolment.PromotedAtMs);
        to.Int(enrolment.InteractedAtMs);
        return XxHash3.HashToUInt64(to.Written);
    }

    private static void Counts(PayloadWriter to, ReadOnlySpan<long> counts)
    {
        foreach (var count in counts)
        {
            to.Int(count);
        }
    }

    private static void Days(PayloadWriter to, in DaySet days)
    {
        to.Int(days.FirstWord);
        foreach (var word in days.Words)
        {
            to.Fixed64(word);
        }
    }
}
