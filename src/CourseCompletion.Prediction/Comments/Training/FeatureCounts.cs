namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>In how many positive and how many negative comments each feature stands, and what follows for how much it is to count.</summary>
internal sealed class FeatureCounts
{
    private const int CommentsMin = 2;
    private const float Smoothing = 1;
    private const float RarityUnit = 4;

    private readonly int[] _positive;
    private readonly int[] _negative;
    private readonly int _positives;
    private readonly int _negatives;

    private FeatureCounts(int[] positive, int[] negative, int positives, int negatives) =>
        (_positive, _negative, _positives, _negatives) = (positive, negative, positives, negatives);

    /// <summary>Counts.</summary>
    public static FeatureCounts Of(CommentRows rows, int[] chosen)
    {
        var (positive, negative) = (new int[rows.Buckets.Length], new int[rows.Buckets.Length]);
        var positives = 0;
        foreach (var row in chosen)
        {
            var isPositive = rows.Comments[row].IsPositive;
            positives += isPositive ? 1 : 0;
            foreach (var feature in rows.FeaturesOf(row))
            {
                (isPositive ? positive : negative)[feature]++;
            }
        }

        return new(positive, negative, positives, chosen.Length - positives);
    }

    /// <summary>How rare each feature is, as the logarithm of comments per comment with it (Sparck Jones 1972); 0 for features that stand in too few comments.</summary>
    public float[] Rarities() => Each(RarityOf);

    /// <summary>The logarithm of how much more frequent a feature is in positive comments than in negative ones, smoothed (Wang and Manning 2012); 0 for features that stand in too few comments.</summary>
    public float[] LogCountRatios() => Each(RatioOf);

    /// <summary>Both multiplied.</summary>
    public float[] RareRatios() => Each(feature => RarityOf(feature) * RatioOf(feature));

    private float RarityOf(int feature) => MathF.Log((_positives + _negatives + 1f) / (_positive[feature] + _negative[feature] + 1)) / RarityUnit;

    private float RatioOf(int feature) =>
        MathF.Log((_positive[feature] + Smoothing) / (_negative[feature] + Smoothing)) - MathF.Log((_positives + (2 * Smoothing)) / (_negatives + (2 * Smoothing)));

    private float[] Each(Func<int, float> scale)
    {
        var scales = new float[_positive.Length];
        for (var feature = 0; feature < scales.Length; feature++)
        {
            scales[feature] = _positive[feature] + _negative[feature] >= CommentsMin ? scale(feature) : 0;
        }

        return scales;
    }
}
