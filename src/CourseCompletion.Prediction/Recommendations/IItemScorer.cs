namespace CourseCompletion.Prediction.Recommendations;

/// <summary>Says how well items follow upon a history.</summary>
public interface IItemScorer
{
    /// <summary>What it is called in reports.</summary>
    string Name { get; }

    /// <summary>Scores every item; higher is better. The same history gives the same scores.</summary>
    /// <param name="history">The items taken, oldest first.</param>
    /// <param name="scores">Where the scores go, by item.</param>
    void Score(ReadOnlySpan<int> history, Span<float> scores);
}
