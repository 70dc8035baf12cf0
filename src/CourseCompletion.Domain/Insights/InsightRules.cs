using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Insights;

/// <summary>What a course's sums say that its team can change.</summary>
public static class InsightRules
{
    // Below, a count is far from normal; its tail is summed up.
    private const double NormalFrom = 100;

    /// <summary>The findings of a course, what cost most completions first.</summary>
    /// <param name="course">The definition.</param>
    /// <param name="sums">The sums of its roster.</param>
    /// <param name="leaving">Who left where.</param>
    /// <param name="policy">The numbers.</param>
    public static IReadOnlyList<CourseFinding> Find(CourseDefinition course, RosterSums sums, LeavingSums leaving, InsightPolicy policy)
    {
        var lessons = new List<CourseFinding>();
        var segments = new List<CourseFinding>();
        for (var i = 0; i < course.Lessons.Count; i++)
        {
            var lesson = course.Lessons[i];
            if (leaving.Lessons.TryGetValue(lesson.Id, out var here) && LeavingAt(course, i, here, leaving, policy) is { } finding)
            {
                lessons.Add(finding);
            }

            if (sums.Lessons.TryGetValue(lesson.Id, out var lessonSums) && lesson.LengthMs > 0)
            {
                segments.AddRange(VideoRules.Look(lesson, lessonSums, sums.Comments.Lessons.GetValueOrDefault(lesson.Id), policy).Confusing.Select(segment => ConfusingAt(lesson, segment, lessonSums, here)));
            }
        }

        // A segment is found by its peaks; whether it costs completions is judged like any other place.
        var significant = Significant([.. lessons, .. segments], policy.FalseDiscoveryRate);
        return
        [
            .. lessons.Where(significant.Contains)
                .Concat(segments.Select(finding => significant.Contains(finding) ? finding : finding with { CompletionsLost = 0 }))
                .OrderByDescending(finding => finding.CompletionsLost)
                .ThenByDescending(finding => finding.Segment?.Confused ?? 0)
                .ThenByDescending(finding => finding.Segment?.RewatchZ ?? 0)
                .ThenBy(finding => finding.Place.Lesson, StringComparer.Ordinal),
        ];
    }

    /// <summary>How many reached a place and how many of them left or looked again, by now.</summary>
    public static (long Reached, long Affected) CountAt(FindingKind kind, FindingPlace place, RosterSums sums, LeavingSums leaving)
    {
        if (kind == FindingKind.Leaving)
        {
            return leaving.Lessons.TryGetValue(place.Lesson, out var lesson) ? (lesson.Left.Sum() + lesson.Passed.Sum(), lesson.Left.Sum()) : default;
        }

        return sums.Lessons.TryGetValue(place.Lesson, out var video) ? (video.Reached[place.Position], video.Marks?.Rewatched[place.Position] ?? 0) : default;
    }

    /// <summary>How likely a count at least as high is by chance: normal with a correction for continuity, Poisson where few are expected.</summary>
    /// <param name="count">The count.</param>
    /// <param name="expected">How many are expected, above 0.</param>
    /// <param name="variance">The variance, above 0; where few are expected that is taken instead.</param>
    public static double TailOf(long count, double expected, double variance)
    {
        if (expected >= NormalFrom)
        {
            return NormalTail((count - 0.5 - expected) / Math.Sqrt(variance));
        }

        // 1 - P(X < count).
        double term = Math.Exp(-expected), below = 0;
        for (var i = 0L; i < count; i++)
        {
            below += term;
            term *= expected / (i + 1);
        }

        return Math.Clamp(1 - below, 0, 1);
    }

    // Each stratum is compared with itself at the lessons around: who is seldom there leaves more anywhere. Over the strata by Cochran, Mantel and Haenszel.
    private static CourseFinding? LeavingAt(CourseDefinition course, int index, LessonLeaving here, LeavingSums leaving, InsightPolicy policy)
    {
        double expected = 0, pooled = 0, variance = 0, lost = 0;
        long left = 0, reached = 0;
        for (var stratum = 0; stratum < LessonLeaving.StratumCount; stratum++)
        {
            var (leftHere, n) = (here.Left[stratum], here.Left[stratum] + here.Passed[stratum]);
            var (leftAround, m) = Around(course, index, stratum, leaving, policy);
            if (n == 0 || m == 0)
            {
                continue;
            }

            left += leftHere;
            reached += n;
            var usual = n * (leftAround / (double)m);
            expected += usual;
            lost += Math.Max(0, leftHere - usual) * GainOfPassing(here, stratum);
            double all = n + m, gone = leftHere + leftAround;
            pooled += n * gone / all;
            variance += n * (m / all) * (gone / all) * ((all - gone) / (all - 1));
        }

        // Lessons at which fewer left count among those that were looked at, too.
        return reached < policy.ViewersMin || variance == 0 ? null : new(
            FindingKind.Leaving, new(course.Lessons[index].Id, -1), reached, left, expected, lost, NormalTail((left - 0.5 - pooled) / Math.Sqrt(variance)), null);
    }

    // Who of a stratum left at the lessons around, of how many.
    private static (long Left, long Reached) Around(CourseDefinition course, int index, int stratum, LeavingSums leaving, InsightPolicy policy)
    {
        long left = 0, reached = 0;
        for (var i = Math.Max(0, index - policy.NeighboursMax); i <= Math.Min(course.Lessons.Count - 1, index + policy.NeighboursMax); i++)
        {
            if (i != index && leaving.Lessons.TryGetValue(course.Lessons[i].Id, out var lesson))
            {
                left += lesson.Left[stratum];
                reached += lesson.Left[stratum] + lesson.Passed[stratum];
            }
        }

        return (left, reached);
    }

    private static double GainOfPassing(LessonLeaving lesson, int stratum)
    {
        if (lesson.Left[stratum] == 0 || lesson.Passed[stratum] == 0)
        {
            return 0;
        }

        return Math.Max(0, (lesson.PassedProbability[stratum] / lesson.Passed[stratum]) - (lesson.LeftProbability[stratum] / lesson.Left[stratum]));
    }

    // Leaving within the segment, or right behind it, against the rest of the same video.
    private static CourseFinding ConfusingAt(LessonDefinition lesson, ConfusingSegment segment, LessonSums sums, LessonLeaving? leaving)
    {
        var (reached, affected) = (sums.Reached[segment.Peak], sums.Marks!.Rewatched[segment.Peak]);
        var elsewhere = 0.0;
        for (var i = 1; i < LessonSums.PositionCount - 1; i++)
        {
            elsewhere += i < segment.First || i > segment.Last ? sums.Marks.Rewatched[i] / (double)Math.Max(1, sums.Reached[i]) : 0;
        }

        var expected = reached * elsewhere / (LessonSums.PositionCount - 2 - (segment.Last - segment.First + 1));
        if (leaving is null)
        {
            return new(FindingKind.Confusing, new(lesson.Id, segment.Peak), reached, affected, expected, 0, 1, segment);
        }

        var end = Math.Min(LessonSums.PositionCount - 2, segment.Last + 1);
        var leftHere = leaving.LeftAt[segment.First..(end + 1)].Sum();
        var places = end - segment.First + 1;

        // The first and the last hundredth are where most leave in any video.
        var leftWithin = leaving.LeftAt[1..^1].Sum();
        var share = places / (double)(LessonSums.PositionCount - 2);
        var usual = (leftWithin - leftHere) / (1 - share) * share;
        var gain = 0.0;
        for (var stratum = 0; stratum < LessonLeaving.StratumCount; stratum++)
        {
            gain += leaving.Left[stratum] * GainOfPassing(leaving, stratum) / Math.Max(1, leaving.Left.Sum());
        }

        return new(
            FindingKind.Confusing,
            new(lesson.Id, segment.Peak),
            reached,
            affected,
            expected,
            Math.Max(0, leftHere - usual) * gain,
            leftHere <= usual ? 1 : TailOf(leftHere, leftWithin * share, leftWithin * share * (1 - share)),
            segment);
    }

    // Benjamini and Hochberg (1995): of the p values in ascending order, all up to the last one that is at most its rank's share of the rate.
    private static HashSet<CourseFinding> Significant(List<CourseFinding> findings, double rate)
    {
        var byP = findings.OrderBy(finding => finding.PValue).ToList();
        var last = byP.FindLastIndex(finding => finding.PValue <= rate * (byP.IndexOf(finding) + 1) / byP.Count);
        return [.. byP.Take(last + 1)];
    }

    // Abramowitz and Stegun 26.2.17; absolute error below 7.5e-8.
    private static double NormalTail(double z)
    {
        if (z < 0)
        {
            return 1 - NormalTail(-z);
        }

        var t = 1 / (1 + (0.2316419 * z));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
