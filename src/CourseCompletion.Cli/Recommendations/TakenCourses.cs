using CourseCompletion.Cli.Completion;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.Neutral;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Recommendations;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>Finds in events which courses learners took, and when: at the first enrolment or activity in each.</summary>
internal static class TakenCourses
{
    /// <summary>Reads a neutral <c>events.csv</c>.</summary>
    /// <param name="path">The file, or its directory.</param>
    /// <param name="faults">Where malformed rows are counted.</param>
    /// <param name="progress">Told every now and then how many events were read.</param>
    /// <param name="cancellationToken">Stops between two events.</param>
    /// <exception cref="DataFormatException">The file cannot be used, or nobody in it took a course.</exception>
    public static List<LearnerItems> Read(string path, RowFaults faults, IProgress<int> progress, CancellationToken cancellationToken)
    {
        var taken = new Dictionary<string, Dictionary<string, long>>(StringComparer.Ordinal);
        var read = 0;
        foreach (var (e, _) in new NeutralLayout(path).ReadHistory(faults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(++read);
            var made = HistoryMapping.ToDomain(e);
            if (!LearnerEventRules.IsActivity(made.Kind) && made.Kind != EventKind.Enrolled)
            {
                continue;
            }

            if (!taken.TryGetValue(e.LearnerId, out var courses))
            {
                taken.Add(e.LearnerId, courses = new(StringComparer.Ordinal));
            }

            courses[e.CourseId] = Math.Min(made.OccurredAtMs, courses.GetValueOrDefault(e.CourseId, long.MaxValue));
        }

        return taken.Count > 0
            ? [.. taken.Select(pair => ToItems(pair.Key, pair.Value))]
            : throw new DataFormatException($"{path} has no event by which somebody took a course, such as 'enrolled' or 'video_watched'.");
    }

    // Courses taken at one instant come in the order of their ids, whatever the order of the rows.
    private static LearnerItems ToItems(string learner, Dictionary<string, long> courses)
    {
        var inOrder = courses.OrderBy(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        return new(learner, [.. inOrder.Select(pair => pair.Key)], [.. inOrder.Select(pair => pair.Value)]);
    }
}
