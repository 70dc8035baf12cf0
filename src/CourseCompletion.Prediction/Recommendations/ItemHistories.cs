namespace CourseCompletion.Prediction.Recommendations;

/// <summary>What learners took, by number: what a recommender learns from.</summary>
/// <param name="Items">The items' names; an item's number is its place.</param>
/// <param name="Sequences">For each learner the items, oldest first, none of them twice.</param>
public sealed record ItemHistories(IReadOnlyList<string> Items, IReadOnlyList<int[]> Sequences)
{
    /// <summary>How many learners took each item.</summary>
    public int[] CountByItem()
    {
        var counts = new int[Items.Count];
        foreach (var sequence in Sequences)
        {
            foreach (var item in sequence)
            {
                counts[item]++;
            }
        }

        return counts;
    }
}
