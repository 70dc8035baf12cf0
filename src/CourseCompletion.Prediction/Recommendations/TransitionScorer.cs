using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Prediction.Recommendations;

/// <summary>The engine's own recommender, as an evaluation asks it.</summary>
internal sealed class TransitionScorer(TransitionModel model) : IItemScorer
{
    private readonly CourseScores _scores = new();

    public string Name => "engine";

    public void Score(ReadOnlySpan<int> history, Span<float> scores)
    {
        for (var item = 0; item < scores.Length; item++)
        {
            scores[item] = model.LogShareOf(item);
        }

        model.Score(history, _scores);
        foreach (var item in _scores.Courses)
        {
            scores[item] = _scores[item];
        }
    }
}
