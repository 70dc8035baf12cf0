namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Sums over decisions that ended one way, sent or silent: enough for ridge regressions of the reward and, with those of the other way, of the uplift.</summary>
public sealed class ArmMoments
{
    private static readonly int _n = UpliftFeatures.Count;

    /// <summary>Sums of products of features, row by row.</summary>
    public double[] Products { get; } = new double[_n * _n];

    /// <summary>Sums of feature times reward.</summary>
    public double[] Rewards { get; } = new double[_n];

    /// <summary><see cref="Products"/>, each decision times the probability of the other way.</summary>
    public double[] WeightedProducts { get; } = new double[_n * _n];

    /// <summary><see cref="Rewards"/>, each decision times the probability of the other way.</summary>
    public double[] WeightedRewards { get; } = new double[_n];

    /// <summary><see cref="Products"/>, each decision times the probabilities of both ways: how much it tells about uplift.</summary>
    public double[] OverlapProducts { get; } = new double[_n * _n];

    /// <summary>How many decisions there are: the first feature is always 1.</summary>
    public double Count => Products[0];

    /// <summary>Adds a decision that ended this way.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="reward">Its reward.</param>
    /// <param name="propensity">The probability of this way, strictly between 0 and 1.</param>
    public void Add(double[] features, double reward, double propensity)
    {
        for (var i = 0; i < _n; i++)
        {
            Rewards[i] += features[i] * reward;
            WeightedRewards[i] += features[i] * reward * (1 - propensity);
            for (var j = 0; j < _n; j++)
            {
                var (product, at) = (features[i] * features[j], (i * _n) + j);
                Products[at] += product;
                WeightedProducts[at] += product * (1 - propensity);
                OverlapProducts[at] += product * (1 - propensity) * propensity;
            }
        }
    }

    /// <summary>Adds other sums.</summary>
    public void Add(ArmMoments other)
    {
        Add(Products, other.Products);
        Add(Rewards, other.Rewards);
        Add(WeightedProducts, other.WeightedProducts);
        Add(WeightedRewards, other.WeightedRewards);
        Add(OverlapProducts, other.OverlapProducts);
    }

    private static void Add(double[] to, double[] from)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
