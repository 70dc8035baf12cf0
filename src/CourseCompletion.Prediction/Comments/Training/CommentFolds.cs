using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>Deals comments to folds with the same share of positive ones in each.</summary>
internal static class CommentFolds
{
    /// <summary>The fold of each comment, from 0 to <paramref name="folds"/> - 1. The same comments and seed give the same folds, in whatever order the comments come.</summary>
    public static int[] Deal(IReadOnlyList<LabelledComment> comments, int folds, long seed)
    {
        var order = Enumerable.Range(0, comments.Count)
            .OrderBy(i => PlaceOf(comments[i], seed));
        var fold = new int[comments.Count];
        int positives = 0, negatives = 0;
        foreach (var i in order)
        {
            fold[i] = (comments[i].IsPositive ? positives++ : negatives++) % folds;
        }

        return fold;
    }

    /// <summary>Where a comment stands in an order that has nothing to do with what it says.</summary>
    public static ulong PlaceOf(LabelledComment comment, long seed) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(comment.Text.AsSpan()), seed);
}
