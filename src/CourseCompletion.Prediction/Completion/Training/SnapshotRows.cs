using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>The snapshots of a history: for training one at a random instant of each week, for evaluation one at each cut-off.</summary>
/// <remarks>One replay of each learner and view takes both. Rows refer to outcomes by their place in the history.</remarks>
public sealed class SnapshotRows
{
    private const long DayMs = LearnerTime.DayMs;

    /// <summary>The random instants, in the order of the learners and their time.</summary>
    public List<SnapshotRow> Training { get; } = [];

    /// <summary>The cut-offs, in the order of the learners and their time.</summary>
    public List<SnapshotRow> Evaluation { get; } = [];

    /// <summary>Takes the snapshots.</summary>
    /// <param name="history">The history.</param>
    /// <param name="cutoffDays">The cut-offs, each c meaning: what was received before the course's start plus c days.</param>
    /// <param name="plan">When to take what is learned from; at whole days where the history knows no more than those.</param>
    /// <param name="views">Under which views it is learned from. Cut-offs are as defined.</param>
    /// <param name="progress">Told after each learner how many there were.</param>
    /// <param name="cancellationToken">Stops between two learners.</param>
    public static SnapshotRows Take(
        CompletionHistory history,
        IReadOnlyList<int> cutoffDays,
        InstantPlan plan,
        IReadOnlyList<CourseView> views,
        IProgress<int>? progress,
        CancellationToken cancellationToken)
    {
        var rows = new SnapshotRows();
        var outcomesOf = history.Outcomes.Select((outcome, index) => (outcome, index)).ToLookup(pair => pair.outcome.Learner);
        var done = 0;
        plan = plan with { IsOfWholeDays = history.KnowsOnlyDays };
        foreach (var learner in history.Learners.Values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var view in views)
            {
                rows.Take(history, view, view.Of(learner), [.. outcomesOf[learner.Learner]], view == CourseView.AsDefined ? cutoffDays : [], plan);
            }

            progress?.Report(++done);
        }

        return rows;
    }

    private void Take(
        CompletionHistory history,
        CourseView view,
        LearnerHistory learner,
        IReadOnlyList<(EnrolmentOutcome Outcome, int Index)> outcomes,
        IReadOnlyList<int> cutoffDays,
        InstantPlan plan)
    {
        var asked = new List<(SnapshotRequest Request, int Outcome, int Cutoff)>();
        foreach (var (outcome, index) in outcomes)
        {
            var startMs = history.Courses[outcome.Course].StartsAtMs!.Value;
            asked.AddRange(cutoffDays.Select(day => (new SnapshotRequest(outcome.Course, startMs + (day * DayMs)), index, day)));
            asked.AddRange(plan.InstantsOf(outcome, startMs).Select(atMs => (new SnapshotRequest(outcome.Course, atMs), index, -1)));
        }

        asked.Sort(static (a, b) => (a.Request.AsOfMs, a.Cutoff).CompareTo((b.Request.AsOfMs, b.Cutoff)));
        LearnerReplay.Run(learner, course => view.Of(history.Courses[course]), [.. asked.Select(a => a.Request)], (number, vector) =>
        {
            var (request, outcome, cutoff) = asked[number];
            (cutoff < 0 ? Training : Evaluation).Add(new(outcome, request.AsOfMs, cutoff, view, vector.ToArray()));
        });
    }
}

/// <summary>The features of an enrolment at an instant.</summary>
/// <param name="Outcome">The enrolment's place in <see cref="CompletionHistory.Outcomes"/>.</param>
/// <param name="AsOfMs">The instant.</param>
/// <param name="CutoffDay">The cut-off that it stands for; -1 for a random instant.</param>
/// <param name="View">What was known of the course.</param>
/// <param name="Vector">The features.</param>
public readonly record struct SnapshotRow(int Outcome, long AsOfMs, int CutoffDay, CourseView View, float[] Vector);

/// <summary>When snapshots to learn from are taken: at one instant of each week of the course, the same ones in each run.</summary>
/// <param name="UntilDay">No instant lies later than this many days after the course's start; null for no such bound.</param>
/// <param name="Draws">How many instants a week. 1 unless there is little history.</param>
public sealed record InstantPlan(int? UntilDay, int Draws)
{
    private const int WeekDays = 7;
    private const long DayMs = LearnerTime.DayMs;

    /// <summary>Whether instants are whole days after the start: for a history that knows no more than the day of its events, whose times of day mean nothing.</summary>
    public bool IsOfWholeDays { get; init; }

    /// <summary>The instants of an enrolment.</summary>
    public IEnumerable<long> InstantsOf(EnrolmentOutcome outcome, long startMs)
    {
        var spanMs = Math.Min(outcome.ObservedUntilMs - startMs, UntilDay * DayMs ?? long.MaxValue);
        var span = IsOfWholeDays ? Math.Ceiling((double)spanMs / DayMs) : (double)spanMs / DayMs;
        for (var week = 0; week * WeekDays < span; week++)
        {
            var days = Math.Min(WeekDays, span - (week * WeekDays));
            for (var draw = 0; draw < Draws; draw++)
            {
                var day = ShareOf(outcome, week, draw) * days;
                yield return startMs + (long)(((week * WeekDays) + (IsOfWholeDays ? 1 + Math.Floor(day) : day)) * DayMs);
            }
        }
    }

    // Uniform on [0, 1), and a function of the enrolment and the week alone.
    private static double ShareOf(EnrolmentOutcome outcome, int week, int draw) =>
        (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{outcome.Learner.Value}\n{outcome.Course.Value}\n{week}\n{draw}")) >> 11) * (1.0 / (1UL << 53));
}
