namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>Sums over decisions that ended one way, sent or silent: enough for a ridge regression of the reward, and for one weighted by inverse propensities.</summary>
public sealed class ArmMoments
{
    private static readonly int _n = UpliftFeatures.Count;

    /// <summary>Sums of products of features, row by row.</summary>
    public double[] Products { get; } = new double[_n * _n];

    /// <summary>Sums of feature times reward.</summary>
    public double[] Rewards { get; } = new double[_n];

    /// <summary><see cref="Products"/>, each decision divided by the probability of its way.</summary>
    public double[] WeightedProducts { get; } = new double[_n * _n];

    /// <summary><see cref="Rewards"/>, each decision divided by the probability of its way.</summary>
    public double[] WeightedRewards { get; } = new double[_n];

    /// <summary>Adds a decision that ended this way.</summary>
    /// <param name="features">Its features.</param>
    /// <param name="reward">Its reward.</param>
    /// <param name="propensity">The probability of this way, above 0.</param>
    public void Add(double[] features, double reward, double propensity)
    {
        for (var i = 0; i < _n; i++)
        {
            Rewards[i] += features[i] * reward;
            WeightedRewards[i] += features[i] * reward / propensity;
            for (var j = 0; j < _n; j++)
            {
                var product = features[i] * features[j];
                Products[(i * _n) + j] += product;
                WeightedProducts[(i * _n) + j] += product / propensity;
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
    }

    private static void Add(double[] to, double[] from)
    {
        for (var i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
