using System.Text;
using static CourseCompletion.Prediction.Completion.Training.LightGbmLibrary;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Learns a <see cref="TreeEnsemble"/> from labelled rows by gradient boosting.</summary>
/// <remarks>
/// LightGBM's own interface and not ML.NET's trainer around it, because that one offers no monotone constraints (docs/decisions). The same rows, options and machine give the
/// same trees.
/// </remarks>
public static class LightGbmTrainer
{
    /// <summary>Learns an ensemble whose <see cref="TreeEnsemble.Sum"/> is the logit of the label.</summary>
    /// <param name="rows">The labelled rows.</param>
    /// <param name="options">How.</param>
    /// <param name="start">For each row the logit that the trees add to; empty to start from the base rate, which the first tree then contains.</param>
    /// <param name="progress">Told after each tree how many there are.</param>
    /// <param name="cancellationToken">Stops between two trees.</param>
    /// <exception cref="InvalidOperationException">LightGBM refuses the options or the rows; the message is its own.</exception>
    public static TreeEnsemble Train(FeatureRows rows, BoostingOptions options, double[] start, IProgress<int>? progress, CancellationToken cancellationToken) =>
        LightGbmModelText.Parse(TrainToText(rows, options, start, progress, cancellationToken));

    /// <summary>The same, in LightGBM's own text form, which other tools read.</summary>
    public static string TrainToText(FeatureRows rows, BoostingOptions options, double[] start, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var parameters = options.ToParameters();
        Check(DatasetCreateFromMat(rows.Features, Float32, rows.Count, rows.Width, 1, parameters, 0, out var dataset));
        try
        {
            Check(DatasetSetField(dataset, "label", rows.Labels, rows.Count, Float32));
            Check(DatasetSetField(dataset, "weight", rows.Weights, rows.Count, Float32));
            if (start.Length > 0)
            {
                Check(DatasetSetField(dataset, "init_score", start, rows.Count, Float64));
            }

            Check(BoosterCreate(dataset, parameters, out var booster));
            try
            {
                return Boost(booster, options.Trees, progress, cancellationToken);
            }
            finally
            {
                Check(BoosterFree(booster));
            }
        }
        finally
        {
            Check(DatasetFree(dataset));
        }
    }

    private static string Boost(nint booster, int trees, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        for (var grown = 1; grown <= trees; grown++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Check(BoosterUpdateOneIter(booster, out var isFinished));
            progress?.Report(grown);
            if (isFinished != 0)
            {
                break;
            }
        }

        Check(BoosterSaveModelToString(booster, 0, -1, 0, 0, out var bytes, []));
        var text = new byte[bytes];
        Check(BoosterSaveModelToString(booster, 0, -1, 0, bytes, out _, text));
        return Encoding.UTF8.GetString(text.AsSpan().TrimEnd((byte)0));
    }
}
