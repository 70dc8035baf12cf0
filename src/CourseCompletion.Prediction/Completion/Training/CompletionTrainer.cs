using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learns completion from snapshots of a history.</summary>
public static class CompletionTrainer
{
    /// <summary>Learns a linear part, and trees on what it leaves. Every enrolment weighs the same, however many snapshots it has.</summary>
    /// <param name="history">The history.</param>
    /// <param name="snapshots">The snapshots to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stage">What to call it there.</param>
    /// <param name="cancellationToken">Stops between two trees.</param>
    public static AdditiveModel Train(
        CompletionHistory history,
        IEnumerable<SnapshotRow> snapshots,
        TrainingOptions options,
        IProgress<TrainingProgress> progress,
        string stage,
        CancellationToken cancellationToken)
    {
        var rows = ToRows(history, snapshots, options.LeftOut);
        progress.Report(new($"{stage}: linear part", 0, rows.Count));
        var linear = LinearTrainer.Fit(rows, options.LinearL2, options.ChangeL2, MonotoneFeatures.Signs, cancellationToken);
        var used = linear.UsedFeatures();
        var start = new double[rows.Count];
        for (var row = 0; row < start.Length; row++)
        {
            start[row] = linear.Sum(rows.Row(row), used);
        }

        var grown = new ProgressOf(progress, $"{stage}: trees", options.Boosting.Trees);
        var trees = LightGbmTrainer.Train(rows, options.Boosting with { Monotone = MonotoneFeatures.Signs }, start, grown, cancellationToken);
        return new(linear, trees);
    }

    /// <summary>Learns all that a model says: the function, how far it is off, and when learners stop.</summary>
    /// <param name="history">The history.</param>
    /// <param name="snapshots">The snapshots to learn from.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="stage">What to call it there.</param>
    /// <param name="cancellationToken">Stops between two trees.</param>
    public static LearnedCompletion Learn(
        CompletionHistory history,
        IReadOnlyList<SnapshotRow> snapshots,
        TrainingOptions options,
        IProgress<TrainingProgress> progress,
        string stage,
        CancellationToken cancellationToken) => new(
            Train(history, snapshots, options, progress, stage, cancellationToken),
            SpreadTrainer.Train(
                history, snapshots, (others, fold) => Train(history, others, options, progress, $"{stage}: spread, part {fold + 1}", cancellationToken)),
            HazardTrainer.Train(history, snapshots, options, progress, stage, cancellationToken));

    /// <summary>The snapshots as labelled rows; the weights of an enrolment's rows add up to 1.</summary>
    /// <param name="history">The history.</param>
    /// <param name="snapshots">The snapshots.</param>
    /// <param name="leftOut">The features that are 0 in each row.</param>
    public static FeatureRows ToRows(CompletionHistory history, IEnumerable<SnapshotRow> snapshots, IReadOnlyList<int> leftOut)
    {
        var taken = snapshots.ToList();
        var counts = taken.CountBy(row => row.Outcome).ToDictionary();
        var rows = new FeatureRows(CompletionFeatures.Count);
        Span<float> vector = stackalloc float[CompletionFeatures.Count];
        foreach (var row in taken)
        {
            row.Vector.CopyTo(vector);
            FeatureSelection.LeaveOut(leftOut, vector);
            rows.Add(vector, history.Outcomes[row.Outcome].Completed, 1f / counts[row.Outcome]);
        }

        return rows;
    }
}

/// <summary>What was learned.</summary>
/// <param name="Function">The function whose sum is the logit.</param>
/// <param name="Spread">How far true rates lie off.</param>
/// <param name="Hazard">When learners stop; null when too few are seen to.</param>
public sealed record LearnedCompletion(AdditiveModel Function, LogitSpread Spread, HazardHead? Hazard);

/// <summary>How a completion model is trained.</summary>
public sealed record TrainingOptions
{
    /// <summary>When snapshots are taken.</summary>
    public InstantPlan Instants { get; init; } = new(null, 1);

    /// <summary>How trees are grown.</summary>
    public BoostingOptions Boosting { get; init; } = new();

    /// <summary>The penalty on the squared weights of the linear part, in enrolments.</summary>
    public double LinearL2 { get; init; } = 30;

    /// <summary>The penalty on the squared changes of those weights over the course, in enrolments.</summary>
    public double ChangeL2 { get; init; } = 30;

    /// <summary>The features that the model does without, by index.</summary>
    public IReadOnlyList<int> LeftOut { get; init; } = [];

    /// <summary>Under which views of its courses a history is learned from.</summary>
    public IReadOnlyList<CourseView> Views { get; init; } = [CourseView.AsDefined];
}

/// <summary>How far a training or an evaluation is.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Done">How much of it is done.</param>
/// <param name="Total">How much there is; 0 when that is not known.</param>
public readonly record struct TrainingProgress(string Stage, int Done, int Total);

/// <summary>Counts as progress of a stage.</summary>
internal sealed class ProgressOf(IProgress<TrainingProgress> progress, string stage, int total) : IProgress<int>
{
    public void Report(int value) => progress.Report(new(stage, value, total));
}
