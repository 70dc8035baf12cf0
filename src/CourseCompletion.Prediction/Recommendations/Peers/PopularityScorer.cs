namespace CourseCompletion.Prediction.Recommendations.Peers;

/// <summary>What most learners took, whoever asks.</summary>
internal sealed class PopularityScorer(ItemHistories train) : IItemScorer
{
    private readonly float[] _counts = [.. train.CountByItem().Select(count => (float)count)];

    public string Name => "popularity";

    public void Score(ReadOnlySpan<int> history, Span<float> scores) => _counts.CopyTo(scores);
}
