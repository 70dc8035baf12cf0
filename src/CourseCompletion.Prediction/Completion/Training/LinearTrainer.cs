namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Fits a <see cref="LinearPart"/> by logistic regression with an L2 penalty.</summary>
/// <remarks>
/// A weight of a constrained feature that comes out with the wrong sign is left out and the others are fitted again, until there is none: the change at a knot, or the feature
/// where the base itself is wrong. In between two knots lies a mean of the two, so the part is monotone wherever it has to be.
/// </remarks>
public static class LinearTrainer
{
    private const double DeviationMin = 1e-6;
    private const int Base = -1;

    /// <summary>Fits weights that change with the days since the course's start.</summary>
    /// <param name="rows">The labelled rows.</param>
    /// <param name="l2">The penalty on the squared weights, in units of the rows' weights.</param>
    /// <param name="changeL2">The penalty on their squared changes at a knot.</param>
    /// <param name="signs">For each feature 1 where its weight may not be negative, -1 where it may not be positive, 0 where it may be either.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static LinearPart Fit(FeatureRows rows, double l2, double changeL2, IReadOnlyList<int> signs, CancellationToken cancellationToken)
    {
        var standard = Standard(rows);
        var columns = new List<(int Knot, int Feature)>();
        for (var knot = Base; knot < LinearPart.KnotDays.Length; knot++)
        {
            columns.AddRange(Enumerable.Range(0, rows.Width).Where(i => standard.Scales[i] > 0).Select(i => (knot, i)));
        }

        var weights = new double[columns.Count + 1];
        while (true)
        {
            weights = LogisticFit.Run(new Design(rows, standard, columns), columns.ConvertAll(c => c.Knot == Base ? l2 : changeL2), weights, cancellationToken);
            var part = ToPart(columns, weights, standard);
            var right = Enumerable.Range(0, columns.Count).Where(c => IsRight(part, columns[c], signs[columns[c].Feature])).ToList();
            if (right.Count == columns.Count)
            {
                return part;
            }

            weights = [.. right.Select(c => weights[c]), weights[^1]];
            columns = right.ConvertAll(c => columns[c]);
        }
    }

    /// <summary>Fits weights that stay the same and may have any sign: the plain model beside which a learned one is measured.</summary>
    public static LinearPart FitPlain(FeatureRows rows, double l2, CancellationToken cancellationToken)
    {
        var standard = Standard(rows);
        var columns = Enumerable.Range(0, rows.Width).Where(i => standard.Scales[i] > 0).Select(i => (Base, i)).ToList();
        return ToPart(columns, LogisticFit.Run(new Design(rows, standard, columns), columns.ConvertAll(_ => l2), new double[columns.Count + 1], cancellationToken), standard);
    }

    private static bool IsRight(LinearPart part, (int Knot, int Feature) column, int sign)
    {
        var change = column.Knot == Base ? 0 : part.Changes[(column.Knot * part.Means.Length) + column.Feature];
        return sign == 0 || (sign * part.Base[column.Feature] >= 0 && sign * (part.Base[column.Feature] + change) >= 0);
    }

    private static LinearPart ToPart(List<(int Knot, int Feature)> columns, double[] weights, LinearPart standard)
    {
        var part = LinearPart.None(standard.Means.Length) with { Intercept = (float)weights[^1] };
        for (var c = 0; c < columns.Count; c++)
        {
            var (knot, i) = columns[c];
            (part.Means[i], part.Scales[i]) = (standard.Means[i], standard.Scales[i]);
            if (knot == Base)
            {
                part.Base[i] = (float)weights[c];
            }
            else
            {
                part.Changes[(knot * part.Means.Length) + i] = (float)weights[c];
            }
        }

        return part;
    }

    // Means and scales only; a feature that hardly changes says nothing and has the scale 0.
    private static LinearPart Standard(FeatureRows rows)
    {
        var part = LinearPart.None(rows.Width);
        double total = 0;
        var (sums, squares) = (new double[rows.Width], new double[rows.Width]);
        for (var row = 0; row < rows.Count; row++)
        {
            var x = rows.Row(row);
            double weight = rows.Weights[row];
            total += weight;
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += weight * x[i];
                squares[i] += weight * x[i] * x[i];
            }
        }

        for (var i = 0; i < sums.Length; i++)
        {
            var mean = sums[i] / total;
            var deviation = Math.Sqrt(Math.Max(0, (squares[i] / total) - (mean * mean)));
            (part.Means[i], part.Scales[i]) = ((float)mean, deviation < DeviationMin ? 0 : (float)(1 / deviation));
        }

        return part;
    }

    // Columns stand knot by knot, the base first, so that a row has numbers other than 0 in three blocks of neighbours and the constant.
    private sealed class Design(FeatureRows rows, LinearPart standard, List<(int Knot, int Feature)> columns) : ILogisticDesign
    {
        private readonly int[] _starts =
            [.. Enumerable.Range(Base, LinearPart.KnotDays.Length + 2).Select(knot => columns.FindIndex(c => c.Knot >= knot) is var at and >= 0 ? at : columns.Count)];

        public FeatureRows Rows => rows;

        public int Size => columns.Count + 1;

        public void Fill(int row, Span<double> into, List<Range> blocks)
        {
            var features = rows.Row(row);
            var place = LinearPart.PlaceOf(features);
            blocks.Clear();
            Block(Base, 1, features, into, blocks);
            Block(place.Knot, place.Before, features, into, blocks);
            Block(place.Knot + 1, place.After, features, into, blocks);
            into[^1] = 1;
            blocks.Add((Size - 1)..Size);
        }

        private void Block(int knot, float share, ReadOnlySpan<float> features, Span<double> into, List<Range> blocks)
        {
            var (start, end) = (_starts[knot - Base], _starts[knot - Base + 1]);
            if (share == 0 || start == end)
            {
                return;
            }

            for (var c = start; c < end; c++)
            {
                into[c] = share * standard.Standard(features[columns[c].Feature], columns[c].Feature);
            }

            blocks.Add(start..end);
        }
    }
}
