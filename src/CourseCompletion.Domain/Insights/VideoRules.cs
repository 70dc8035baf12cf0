using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Insights;

/// <summary>What the sums over a video's viewers say of its places.</summary>
public static class VideoRules
{
    private const int Last = LessonSums.PositionCount - 1;

    // 1 / the third quartile of the standard normal distribution: a median absolute deviation times this is a standard deviation.
    private const double DeviationOfMad = 1.4826;

    /// <summary>Looks at one lesson's video.</summary>
    /// <param name="lesson">Its definition.</param>
    /// <param name="sums">The sums over its viewers.</param>
    /// <param name="comments">What was written at it; null for nothing.</param>
    /// <param name="policy">The numbers.</param>
    public static VideoInsight Look(LessonDefinition lesson, LessonSums sums, LessonCommentSums? comments, InsightPolicy policy)
    {
        var confused = comments?.ConfusedAt ?? new int[LessonSums.PositionCount];
        var marks = sums.Marks ?? new();
        var rewatch = ZScores(marks.Rewatched, sums.Reached, policy);
        var pause = ZScores(marks.Paused, sums.Reached, policy);
        var back = ZScores(marks.Returned, sums.Reached, policy);
        var peaks = new List<VideoPeak>();
        AddPeaks(peaks, VideoPeakKind.Rewatched, rewatch, policy.PeakZMin);
        AddPeaks(peaks, VideoPeakKind.Paused, pause, policy.PeakZMin);
        AddPeaks(peaks, VideoPeakKind.Returned, back, policy.PeakZMin);
        return new(
            sums.Started,
            [.. sums.Reached.Select(reached => sums.Started == 0 ? 0 : Math.Min(1, reached / (double)sums.Started))],
            Shares(marks.Rewatched, sums.Reached),
            Shares(marks.Paused, sums.Reached),
            Shares(marks.Returned, sums.Reached),
            confused,
            [.. peaks.OrderBy(peak => peak.Position).ThenBy(peak => peak.Kind)],
            [.. Segments(lesson, rewatch, pause, policy).Select(segment => segment with { Confused = ConfusedNear(segment, confused) })]);
    }

    // How far each place stands out from the rest of the video, in standard deviations; 0 where too few watched, and at both ends, where videos are started and left. Of a place and its two
    // neighbours together, so that what straddles two hundredths counts as one. The rest of the video is the median; the standard deviation is the larger of what chance makes of that many
    // viewers (binomial) and what the places' median absolute deviation says.
    private static double[] ZScores(int[] marked, long[] reached, InsightPolicy policy)
    {
        var z = new double[LessonSums.PositionCount];
        var rates = new List<double>();
        var rate = new double[LessonSums.PositionCount];
        for (var i = 1; i < Last; i++)
        {
            if (reached[i] >= policy.ViewersMin)
            {
                rate[i] = (marked[i - 1] + marked[i] + marked[i + 1]) / (double)(reached[i - 1] + reached[i] + reached[i + 1]);
                rates.Add(rate[i]);
            }
        }

        if (rates.Count == 0)
        {
            return z;
        }

        var usual = MedianOf(rates);
        var deviation = DeviationOfMad * MedianOf(rates.ConvertAll(r => Math.Abs(r - usual)));
        for (var i = 1; i < Last; i++)
        {
            if (reached[i] >= policy.ViewersMin)
            {
                // Where nobody ever does it, half a viewer stands in: chance still has a spread.
                var assumed = Math.Clamp(usual, 0.5 / reached[i], 0.5);
                z[i] = (rate[i] - usual) / Math.Max(deviation, Math.Sqrt(assumed * (1 - assumed) / reached[i]));
            }
        }

        return z;
    }

    private static List<ConfusingSegment> Segments(LessonDefinition lesson, double[] rewatch, double[] pause, InsightPolicy policy)
    {
        var segments = new List<ConfusingSegment>();
        for (var i = 1; i < Last; i++)
        {
            if (rewatch[i] <= policy.RewatchZMin
                || pause[i] <= policy.PauseZMin
                || (rewatch[i] + pause[i]) / Math.Sqrt(2) <= policy.TogetherZMin
                || IsAtSceneChange(lesson, i, policy))
            {
                continue;
            }

            if (segments.Count > 0 && segments[^1] is var before && i - before.Last <= 2)
            {
                segments[^1] = new(
                    before.First,
                    i,
                    rewatch[i] > before.RewatchZ ? i : before.Peak,
                    Math.Max(rewatch[i], before.RewatchZ),
                    Math.Max(pause[i], before.PauseZ),
                    0);
            }
            else
            {
                segments.Add(new(i, i, i, rewatch[i], pause[i], 0));
            }
        }

        return segments;
    }

    // Who does not understand writes when it has become clear that it stays so: a little behind the place.
    private static long ConfusedNear(ConfusingSegment segment, int[] confused)
    {
        var count = 0L;
        for (var i = Math.Max(0, segment.First - 1); i <= Math.Min(Last, segment.Last + 1); i++)
        {
            count += confused[i];
        }

        return count;
    }

    private static bool IsAtSceneChange(LessonDefinition lesson, int position, InsightPolicy policy)
    {
        var hundredthMs = lesson.LengthMs / (double)LessonSums.PositionCount;
        var (fromMs, toMs) = (position * hundredthMs, (position + 1) * hundredthMs);
        var nearMs = Math.Max(policy.SceneChangeMs, hundredthMs);
        foreach (var changeMs in lesson.SceneChanges.PositionsMs)
        {
            if (changeMs >= fromMs - nearMs && changeMs <= toMs + nearMs)
            {
                return true;
            }
        }

        return false;
    }

    // The highest place of each run above the threshold.
    private static void AddPeaks(List<VideoPeak> peaks, VideoPeakKind kind, double[] z, double zMin)
    {
        var best = -1;
        for (var i = 1; i <= Last; i++)
        {
            if (z[i] > zMin)
            {
                best = best < 0 || z[i] > z[best] ? i : best;
            }
            else if (best >= 0)
            {
                peaks.Add(new(kind, best, z[best]));
                best = -1;
            }
        }
    }

    private static double[] Shares(int[] marked, long[] reached) =>
        [.. marked.Select((count, i) => reached[i] == 0 ? 0 : Math.Min(1, count / (double)reached[i]))];

    private static double MedianOf(List<double> values)
    {
        var sorted = values.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
