using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>How far predicted probabilities are from what happened.</summary>
public static class CalibrationMetrics
{
    /// <summary>How many bins of equal size the calibration error is measured in.</summary>
    public const int Bins = 15;

    private const int NewtonSteps = 25;

    /// <summary>The Brier score: the mean squared difference of probability and label.</summary>
    public static double Brier(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels)
    {
        var sum = 0.0;
        for (var i = 0; i < labels.Length; i++)
        {
            var difference = probabilities[i] - (labels[i] ? 1 : 0);
            sum += difference * difference;
        }

        return sum / labels.Length;
    }

    /// <summary>The expected calibration error (ECE): the mean distance of probability and frequency over <see cref="Bins"/> bins of equal size.</summary>
    public static double Ece(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels) => SortedBins.Of(probabilities).Ece(labels);

    /// <summary>The calibration error without what chance alone adds to it.</summary>
    /// <remarks>
    /// Even perfect probabilities have an error above 0 on a finite sample. Its mean over labels drawn from the probabilities themselves is taken off; the interval is that of
    /// the difference over those draws.
    /// </remarks>
    /// <param name="probabilities">The probabilities.</param>
    /// <param name="labels">What happened.</param>
    /// <param name="draws">How many times labels are drawn; 1,000 for a report.</param>
    public static Estimate DebiasedEce(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> labels, int draws)
    {
        var bins = SortedBins.Of(probabilities);
        var error = bins.Ece(labels);
        var chance = new Random(1);
        var drawn = new bool[labels.Length];
        var differences = new double[draws];
        for (var draw = 0; draw < draws; draw++)
        {
            for (var i = 0; i < drawn.Length; i++)
            {
                drawn[i] = chance.NextDouble() < probabilities[i];
            }

            differences[draw] = error - bins.Ece(drawn);
        }

        return Estimate.Of(differences.Average(), differences);
    }

    /// <summary>Intercept and slope of a logistic regression of the labels on the logit; 0 and 1 for calibrated probabilities.</summary>
    public static (double Intercept, double Slope) Line(ReadOnlySpan<double> logits, ReadOnlySpan<bool> labels)
    {
        double intercept = 0, slope = 1;
        for (var step = 0; step < NewtonSteps; step++)
        {
            double g0 = 0, g1 = 0, h00 = 1e-9, h01 = 0, h11 = 1e-9;
            for (var i = 0; i < labels.Length; i++)
            {
                var p = PortableMath.Logistic(intercept + (slope * logits[i]));
                var error = (labels[i] ? 1 : 0) - p;
                var weight = p * (1 - p);
                g0 += error;
                g1 += error * logits[i];
                h00 += weight;
                h01 += weight * logits[i];
                h11 += weight * logits[i] * logits[i];
            }

            var determinant = (h00 * h11) - (h01 * h01);
            var (d0, d1) = (((h11 * g0) - (h01 * g1)) / determinant, ((h00 * g1) - (h01 * g0)) / determinant);
            (intercept, slope) = (intercept + d0, slope + d1);
            if (Math.Abs(d0) + Math.Abs(d1) < 1e-9)
            {
                break;
            }
        }

        return (intercept, slope);
    }

    // The bin of each row depends on the probabilities alone, so that it is found once for any number of labels.
    private sealed class SortedBins(int[] binOf, double[] predicted, int rows)
    {
        public static SortedBins Of(ReadOnlySpan<double> probabilities)
        {
            var order = RankingMetrics.Ascending(probabilities);
            var bin = new int[order.Length];
            var predicted = new double[Bins];
            for (var i = 0; i < order.Length; i++)
            {
                bin[order[i]] = (int)((long)i * Bins / order.Length);
                predicted[bin[order[i]]] += probabilities[order[i]];
            }

            return new(bin, predicted, order.Length);
        }

        public double Ece(ReadOnlySpan<bool> labels)
        {
            Span<double> happened = stackalloc double[Bins];
            for (var i = 0; i < binOf.Length; i++)
            {
                happened[binOf[i]] += labels[i] ? 1 : 0;
            }

            var sum = 0.0;
            for (var bin = 0; bin < Bins; bin++)
            {
                sum += Math.Abs(happened[bin] - predicted[bin]);
            }

            return sum / rows;
        }
    }
}
