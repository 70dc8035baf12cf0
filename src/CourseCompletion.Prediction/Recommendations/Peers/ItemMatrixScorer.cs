namespace CourseCompletion.Prediction.Recommendations.Peers;

/// <summary>Adds up a full matrix's rows of the items taken, those taken long ago with less weight.</summary>
/// <param name="name">What it is called in reports.</param>
/// <param name="rows">By item taken and item scored: what one says for the other.</param>
/// <param name="items">How many items there are.</param>
/// <param name="recency">The weight of an item relative to that of the next one: 1 for all alike.</param>
internal sealed class ItemMatrixScorer(string name, float[] rows, int items, double recency) : IItemScorer
{
    public string Name => name;

    public void Score(ReadOnlySpan<int> history, Span<float> scores)
    {
        scores.Clear();
        var weight = 1.0;
        for (var i = history.Length - 1; i >= 0; i--)
        {
            DenseVectors.AddScaled(scores, rows.AsSpan(history[i] * items, items), (float)weight);
            weight *= recency;
        }
    }
}
