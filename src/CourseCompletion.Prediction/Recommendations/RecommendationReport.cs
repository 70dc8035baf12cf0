namespace CourseCompletion.Prediction.Recommendations;

/// <summary>How good a recommender's lists of ten are for learners whose next items it did not learn from.</summary>
/// <param name="Name">The recommender.</param>
/// <param name="Count">How many learners were tested.</param>
/// <param name="Ndcg">NDCG@10, the mean over learners.</param>
/// <param name="Recall">Recall@10, the mean over learners.</param>
/// <param name="Coverage">The share of all items that stand in somebody's list.</param>
/// <param name="Popularity">The share of learners who took a listed item before, the mean over lists.</param>
/// <param name="PopularityLift">By how much that exceeds the mean over the same learners' own histories, relative to it: 0 follows taste, 1 is twice as popular.</param>
public sealed record RecommendationReport(string Name, int Count, double Ndcg, double Recall, double Coverage, double Popularity, double PopularityLift)
{
    /// <summary>How long the lists are.</summary>
    public const int ListLength = 10;
}
