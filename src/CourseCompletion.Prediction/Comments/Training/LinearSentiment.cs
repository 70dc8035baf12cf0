namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>A linear reading of sentiment over numbered features.</summary>
/// <param name="Weights">The weight of each feature.</param>
/// <param name="Vader">The weights of <see cref="VaderFeatures"/>.</param>
/// <param name="Bias">What is added.</param>
internal sealed record LinearSentiment(float[] Weights, float[] Vader, double Bias)
{
    /// <summary>What it says of a comment.</summary>
    public double Of(CommentRows rows, int row)
    {
        var sum = 0.0;
        foreach (var feature in rows.FeaturesOf(row))
        {
            sum += Weights[feature];
        }

        var score = Bias + (sum * rows.ValueOf(row));
        var said = rows.VaderOf(row);
        for (var i = 0; i < said.Length; i++)
        {
            score += Vader[i] * said[i];
        }

        return score;
    }

    /// <summary>The reading that says so many times the same.</summary>
    public LinearSentiment Times(double factor) => new([.. Weights.Select(weight => (float)(weight * factor))], [.. Vader.Select(weight => (float)(weight * factor))], Bias * factor);

    /// <summary>The reading that says the sum of both.</summary>
    public LinearSentiment Plus(LinearSentiment other) =>
        new([.. Weights.Zip(other.Weights, (one, two) => one + two)], [.. Vader.Zip(other.Vader, (one, two) => one + two)], Bias + other.Bias);
}
