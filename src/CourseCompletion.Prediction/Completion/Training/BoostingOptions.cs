using System.Globalization;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>How the trees are grown. The defaults are those that cross-validation chose (docs/predictions.md).</summary>
public sealed record BoostingOptions
{
    /// <summary>How many trees.</summary>
    public int Trees { get; init; } = 300;

    /// <summary>How many leaves a tree has at most, 2 to 128.</summary>
    public int Leaves { get; init; } = 6;

    /// <summary>How much of each tree's answer is added, above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 0.04;

    /// <summary>How many rows a leaf has at least.</summary>
    public int LeafRowsMin { get; init; } = 200;

    /// <summary>The share of features that a tree may ask for, above 0 and at most 1.</summary>
    public double FeatureShare { get; init; } = 0.3;

    /// <summary>The share of rows that a tree is grown on, above 0 and at most 1.</summary>
    public double RowShare { get; init; } = 0.8;

    /// <summary>The L2 penalty on leaf values.</summary>
    public double L2 { get; init; } = 10;

    /// <summary>Processor threads.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>The seed of all chance.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>For each feature 1 where more of it may only raise the answer, -1 where it may only lower it, 0 elsewhere; empty for all 0.</summary>
    public IReadOnlyList<int> Monotone { get; init; } = [];

    /// <summary>As LightGBM reads them.</summary>
    internal string ToParameters() => string.Create(
        CultureInfo.InvariantCulture,
        $"objective=binary num_leaves={Leaves} learning_rate={LearningRate} min_data_in_leaf={LeafRowsMin} feature_fraction={FeatureShare} "
        + $"bagging_fraction={RowShare} bagging_freq=1 lambda_l2={L2} num_threads={Threads} seed={Seed} deterministic=true force_col_wise=true "
        + $"use_missing=false verbosity=-1 {MonotoneParameters}");

    private string MonotoneParameters =>
        Monotone.Count == 0 ? "" : $"monotone_constraints={string.Join(',', Monotone)} monotone_constraints_method=intermediate";
}
