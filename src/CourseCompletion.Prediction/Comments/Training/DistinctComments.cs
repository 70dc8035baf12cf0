namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>Texts that are the same once they are normalised.</summary>
public static class DistinctComments
{
    /// <summary>The first of each text, in their order; texts in which nothing is left are left out.</summary>
    public static IReadOnlyList<LabelledComment> Of(IEnumerable<LabelledComment> comments) => Without(comments, []);

    /// <summary>The first of each text that does not stand among others.</summary>
    public static IReadOnlyList<LabelledComment> Without(IEnumerable<LabelledComment> comments, IEnumerable<LabelledComment> others)
    {
        var seen = others.Select(other => CommentText.Normalise(other.Text)).ToHashSet(StringComparer.Ordinal);
        seen.Add("");
        return [.. comments.Where(comment => seen.Add(CommentText.Normalise(comment.Text)))];
    }
}
