using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Comments;

/// <summary>How labels correct a model: logistic regression on what the model leaves, learned label by label.</summary>
/// <remarks>
/// <para>
/// A label moves the weights along the features of its text, so far that the new logit z' obeys z' = z + rate x (label - P(z')) |x|^2: the implicit step, which cannot overshoot (Kulis and Bartlett, Implicit
/// Online Learning, ICML 2010). A feature has the value 1 / sqrt(features of the text), so that |x|^2 is 1 whatever the text's length; a phrase that has a seed for the question has the value 1, so that labels
/// correct seeds at once.
/// </para>
/// </remarks>
internal static class AdaptationRules
{
    // How far the first label moves the logit, at most, in logits; later ones less, since they contradict each other where labels are noisy.
    private const float FirstRate = 6;
    private const float LastRate = 2;
    private const float HalfRateLabels = 100;

    // A text's label says little about all texts, but many labels do.
    private const float BiasValue = 0.2f;

    private const int HalvingsMax = 40;

    /// <summary>The value of each feature of a text that has so many.</summary>
    public static float ValueOf(int featureCount) => featureCount == 0 ? 0 : 1 / MathF.Sqrt(featureCount);

    /// <summary>Adds what was learned to logits.</summary>
    public static void Add(CommentAdaptation adaptation, ReadOnlySpan<uint> features, CommentWeights seeds, Span<float> logits)
    {
        if (adaptation.Labels == 0)
        {
            return;
        }

        for (var head = 0; head < CommentHeads.Count; head++)
        {
            logits[head] += BiasValue * adaptation.Biases[head];
        }

        var value = ValueOf(features.Length);
        foreach (var feature in features)
        {
            if (adaptation.Weights.RowOf(feature) is >= 0 and var row)
            {
                var weights = adaptation.Weights[row];
                var seedRow = seeds.RowOf(feature);
                for (var head = 0; head < CommentHeads.Count; head++)
                {
                    logits[head] += weights[head] * ValueOf(seeds, seedRow, head, value);
                }
            }
        }
    }

    /// <summary>Learns a label.</summary>
    /// <param name="adaptation">What was learned before.</param>
    /// <param name="features">The features of the text.</param>
    /// <param name="seeds">The model's seeds.</param>
    /// <param name="logits">What model and adaptation say now.</param>
    /// <param name="label">What is true.</param>
    public static CommentAdaptation Learn(CommentAdaptation adaptation, ReadOnlySpan<uint> features, CommentWeights seeds, ReadOnlySpan<float> logits, CommentLabel label)
    {
        var value = ValueOf(features.Length);
        float[] biases = [.. adaptation.Biases];
        Span<float> steps = stackalloc float[CommentHeads.Count];
        for (var head = 0; head < CommentHeads.Count; head++)
        {
            if (label.Of((CommentHead)head) is { } isTrue)
            {
                steps[head] = StepOf(logits[head], isTrue, LengthOf(features, seeds, head, value), RateAfter(adaptation.Labels));
                biases[head] += steps[head] * BiasValue;
            }
        }

        var corrected = new SortedDictionary<uint, float[]>();
        for (var row = 0; row < adaptation.Weights.Features.Length; row++)
        {
            corrected.Add(adaptation.Weights.Features[row], adaptation.Weights[row].ToArray());
        }

        foreach (var feature in features)
        {
            if (!corrected.TryGetValue(feature, out var weights))
            {
                corrected.Add(feature, weights = new float[CommentHeads.Count]);
            }

            var seedRow = seeds.RowOf(feature);
            for (var head = 0; head < CommentHeads.Count; head++)
            {
                weights[head] += steps[head] * ValueOf(seeds, seedRow, head, value);
            }
        }

        return new()
        {
            FeatureVersion = CommentFeatures.Version,
            Labels = adaptation.Labels + 1,
            Biases = biases,
            Weights = Kept(corrected),
        };
    }

    // Where z' meets the step: both sides of the equation are monotone in the step, so halving finds it, with the same bits everywhere.
    private static float StepOf(float logit, bool isTrue, float length, float rate)
    {
        double low = 0, high = rate;
        for (var i = 0; i < HalvingsMax; i++)
        {
            var step = (low + high) / 2;
            var moved = isTrue ? logit + (step * length) : -logit + (step * length);
            (low, high) = step < rate * PortableMath.Logistic(-moved) ? (step, high) : (low, step);
        }

        return (float)(isTrue ? low : -low);
    }

    private static float RateAfter(long labels) => Math.Max(LastRate, FirstRate / (1 + (labels / HalfRateLabels)));

    private static float LengthOf(ReadOnlySpan<uint> features, CommentWeights seeds, int head, float value)
    {
        var sum = BiasValue * BiasValue;
        foreach (var feature in features)
        {
            var own = ValueOf(seeds, seeds.RowOf(feature), head, value);
            sum += own * own;
        }

        return sum;
    }

    private static float ValueOf(CommentWeights seeds, int seedRow, int head, float value) => seedRow >= 0 && seeds[seedRow][head] != 0 ? 1 : value;

    private static CommentWeights Kept(SortedDictionary<uint, float[]> corrected)
    {
        IEnumerable<KeyValuePair<uint, float[]>> kept = corrected;
        if (corrected.Count > CommentAdaptation.FeaturesMax)
        {
            kept = corrected.OrderByDescending(pair => pair.Value.Max(Math.Abs)).Take(CommentAdaptation.FeaturesMax).OrderBy(pair => pair.Key);
        }

        var rows = kept.ToList();
        return new([.. rows.Select(row => row.Key)], [.. rows.SelectMany(row => row.Value)]);
    }
}
