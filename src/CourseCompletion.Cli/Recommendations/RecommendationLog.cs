using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Recommendations.OffPolicy;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Finds in what an engine stored which places of recommendations learners were shown, and what they took.</summary>
/// <param name="Taken">What was taken.</param>
/// <param name="Shown">What was shown.</param>
/// <param name="EndMs">When the newest event happened.</param>
internal sealed record RecommendationLog(List<TakenCourse> Taken, List<ShownPlace> Shown, long EndMs)
{
    /// <summary>Reads a neutral <c>events.csv</c>, such as <c>export</c> writes.</summary>
    /// <param name="path">The file, or its directory.</param>
    /// <param name="faults">Where malformed rows are counted.</param>
    /// <param name="progress">Told every now and then how many events were read.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    /// <exception cref="DataFormatException">The file cannot be used, or nobody in it was shown a recommendation.</exception>
    public static RecommendationLog Read(string path, RowFaults faults, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<(string Learner, string Course), long>();
        var shown = new List<ShownPlace>();
        var (read, endMs) = (0, 0L);
        foreach (var (e, _) in new NeutralLayout(path).ReadHistory(faults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(++read);
            var made = HistoryMapping.ToDomain(e);
            endMs = Math.Max(endMs, made.OccurredAtMs);
            if (LearnerEventRules.IsActivity(made.Kind) || made.Kind == EventKind.Enrolled)
            {
                taken[(e.LearnerId, e.CourseId)] = Math.Min(made.OccurredAtMs, taken.GetValueOrDefault((e.LearnerId, e.CourseId), long.MaxValue));
            }
            else if (made.Kind == EventKind.PromotionShown && RecommendationIds.TryParsePlace(made.ObjectId, out var list, out var place, out var propensity))
            {
                shown.Add(new(e.LearnerId, e.CourseId, made.OccurredAtMs, list, place, propensity));
            }
        }

        return shown.Count > 0
            ? new([.. taken.Select(pair => new TakenCourse(pair.Key.Learner, pair.Key.Course, pair.Value))], shown, endMs)
            : throw new DataFormatException(
                $"{path} has no event by which somebody was shown a recommendation: 'promotion_shown' with a recommendation's id in object_id. Have your client send one for each place that it shows, and export again.");
    }
}
