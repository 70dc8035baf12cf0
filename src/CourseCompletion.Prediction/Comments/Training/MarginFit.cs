namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>A linear separation with the squared hinge loss and an L2 penalty, learned comment by comment: dual coordinate descent.</summary>
/// <remarks>Hsieh, Chang, Lin, Keerthi, Sundararajan: A Dual Coordinate Descent Method for Large-scale Linear SVM, ICML 2008. The intercept is penalised as a feature of value 1. Same rows, same numbers.</remarks>
internal static class MarginFit
{
    private const int PassesMax = 15;
    private const double ViolationMax = 0.1;
    private const double GradientMin = 1e-6;

    /// <summary>Learns.</summary>
    /// <param name="rows">The comments.</param>
    /// <param name="chosen">Those to learn from.</param>
    /// <param name="scales">What each feature's value is multiplied by; 0 leaves it out.</param>
    /// <param name="cost">What a comment on the wrong side costs, against the penalty.</param>
    /// <param name="cancellationToken">Stops between two passes.</param>
    public static LinearSentiment Run(CommentRows rows, int[] chosen, float[] scales, double cost, CancellationToken cancellationToken)
    {
        var weights = Array.ConvertAll(scales, scale => new Weight { Scale = scale });
        var vader = new float[VaderFeatures.Count];
        var bias = 0.0;
        var multipliers = new double[chosen.Length];
        double[] lengths = [.. chosen.Select(row => LengthOf(rows, row, weights))];
        int[] order = [.. Enumerable.Range(0, chosen.Length)];
        var chance = new Shuffle(1);
        var slack = 1 / (2 * cost);
        for (var pass = 0; pass < PassesMax; pass++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            chance.Apply(order);
            var violation = 0.0;
            foreach (var i in order)
            {
                var row = chosen[i];
                var sign = rows.Comments[row].IsPositive ? 1 : -1;
                var gradient = (sign * Margin(rows, row, weights, vader, bias)) - 1 + (multipliers[i] * slack);
                var projected = multipliers[i] == 0 ? Math.Min(gradient, 0) : gradient;
                violation = Math.Max(violation, Math.Abs(projected));
                if (Math.Abs(projected) > GradientMin)
                {
                    var moved = Math.Max(multipliers[i] - (gradient / (lengths[i] + slack)), 0);
                    var step = (moved - multipliers[i]) * sign;
                    multipliers[i] = moved;
                    bias += step;
                    Move(rows, row, weights, vader, step);
                }
            }

            if (violation < ViolationMax)
            {
                break;
            }
        }

        return new(Array.ConvertAll(weights, weight => weight.Scale * weight.Value), vader, bias);
    }

    private static double LengthOf(CommentRows rows, int row, Weight[] weights)
    {
        var sum = 0.0;
        foreach (var feature in rows.FeaturesOf(row))
        {
            sum += weights[feature].Scale * weights[feature].Scale;
        }

        sum *= rows.ValueOf(row) * rows.ValueOf(row);
        foreach (var number in rows.VaderOf(row))
        {
            sum += number * number;
        }

        return sum + 1;
    }

    private static double Margin(CommentRows rows, int row, Weight[] weights, float[] vader, double bias)
    {
        var sum = 0f;
        foreach (var feature in rows.FeaturesOf(row))
        {
            ref readonly var weight = ref weights[feature];
            sum += weight.Scale * weight.Value;
        }

        var margin = bias + (sum * rows.ValueOf(row));
        var said = rows.VaderOf(row);
        for (var i = 0; i < said.Length; i++)
        {
            margin += vader[i] * said[i];
        }

        return margin;
    }

    private static void Move(CommentRows rows, int row, Weight[] weights, float[] vader, double step)
    {
        var value = (float)(step * rows.ValueOf(row));
        foreach (var feature in rows.FeaturesOf(row))
        {
            ref var weight = ref weights[feature];
            weight.Value += value * weight.Scale;
        }

        var said = rows.VaderOf(row);
        for (var i = 0; i < said.Length; i++)
        {
            vader[i] += (float)(step * said[i]);
        }
    }

    // Side by side, because each feature of each comment is a place in memory of its own.
    private struct Weight
    {
        public float Scale;
        public float Value;
    }

    // Fisher and Yates' shuffle on a xorshift generator (Marsaglia, Journal of Statistical Software 8, 2003).
    private struct Shuffle(ulong seed)
    {
        private ulong _state = seed * 0x9E37_79B9_7F4A_7C15;

        public void Apply(int[] order)
        {
            for (var i = order.Length - 1; i > 0; i--)
            {
                _state ^= _state << 13;
                _state ^= _state >> 7;
                _state ^= _state << 17;
                var other = (int)(_state % (ulong)(i + 1));
                (order[i], order[other]) = (order[other], order[i]);
            }
        }
    }
}
