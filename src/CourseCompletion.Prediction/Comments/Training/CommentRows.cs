using CourseCompletion.Domain.Comments;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Comments.Training;

/// <summary>Labelled comments as rows of features, once for all trainings on parts of them.</summary>
/// <remarks>Features that stand in one comment only are left out: no other comment can be read by them. The others have numbers from 0, the most frequent first, so that their weights lie together in memory.</remarks>
public sealed class CommentRows
{
    private const int CommentsMin = 2;

    private readonly int[] _offsets;
    private readonly int[] _features;
    private readonly float[] _values;
    private readonly float[] _vader;
    private readonly bool[] _areWords;

    private CommentRows(IReadOnlyList<LabelledComment> comments, int[] offsets, int[] features, int[] buckets, float[] values, float[] vader, bool[] areWords)
    {
        (Comments, _offsets, _features, Buckets, _values, _vader, _areWords) = (comments, offsets, features, buckets, values, vader, areWords);
    }

    /// <summary>The comments.</summary>
    public IReadOnlyList<LabelledComment> Comments { get; }

    /// <summary>The bucket of each feature by its number.</summary>
    internal int[] Buckets { get; }

    /// <summary>The features of a comment, by number.</summary>
    internal ReadOnlySpan<int> FeaturesOf(int row) => _features.AsSpan(_offsets[row].._offsets[row + 1]);

    /// <summary>The value of each feature of a comment.</summary>
    internal float ValueOf(int row) => _values[row];

    /// <summary>What VADER says of a comment; zeros where it is not English.</summary>
    internal ReadOnlySpan<float> VaderOf(int row) => _vader.AsSpan(row * VaderFeatures.Count, VaderFeatures.Count);

    /// <summary>Whether a comment is read by words.</summary>
    internal bool IsWords(int row) => _areWords[row];

    /// <summary>Finds the features of comments.</summary>
    /// <param name="comments">The comments.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two comments.</param>
    public static CommentRows Of(IReadOnlyList<LabelledComment> comments, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var scratch = new CommentScratch();
        var offsets = new int[comments.Count + 1];
        var (values, vader, areWords) = (new float[comments.Count], new float[comments.Count * VaderFeatures.Count], new bool[comments.Count]);
        var found = new List<int>(comments.Count * 64);
        var standIn = new int[1 << CommentModel.BucketBits];
        for (var row = 0; row < comments.Count; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new("finding features", row, comments.Count));
            areWords[row] = scratch.Fill(comments[row].Text) == CommentLanguage.English;
            values[row] = AdaptationRules.ValueOf(scratch.Features.Length);
            if (areWords[row])
            {
                VaderFeatures.Read(comments[row].Text, vader.AsSpan(row * VaderFeatures.Count, VaderFeatures.Count));
            }

            foreach (var feature in scratch.Features)
            {
                found.Add(CommentModel.BucketOf(feature));
                standIn[CommentModel.BucketOf(feature)]++;
            }

            offsets[row + 1] = found.Count;
        }

        var buckets = Enumerable.Range(0, standIn.Length).Where(bucket => standIn[bucket] >= CommentsMin).OrderByDescending(bucket => standIn[bucket]).ToArray();
        return new(comments, offsets, Numbered(found, offsets, buckets), buckets, values, vader, areWords);
    }

    // Shortens the offsets to the features that have a number.
    private static int[] Numbered(List<int> found, int[] offsets, int[] buckets)
    {
        var numbers = new int[1 << CommentModel.BucketBits];
        Array.Fill(numbers, -1);
        for (var number = 0; number < buckets.Length; number++)
        {
            numbers[buckets[number]] = number;
        }

        var features = new int[found.Count];
        var (written, from) = (0, 0);
        for (var row = 0; row + 1 < offsets.Length; row++)
        {
            for (; from < offsets[row + 1]; from++)
            {
                if (numbers[found[from]] >= 0)
                {
                    features[written++] = numbers[found[from]];
                }
            }

            offsets[row + 1] = written;
        }

        return features[..written];
    }
}
