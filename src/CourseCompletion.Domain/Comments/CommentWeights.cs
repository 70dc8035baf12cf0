using System.Numerics;

namespace CourseCompletion.Domain.Comments;

/// <summary>Weights of few features, one for each <see cref="CommentHead"/>; all other features weigh nothing.</summary>
/// <remarks>Immutable. Finding a feature, or that it is not there, costs about two reads of memory.</remarks>
public sealed class CommentWeights
{
    private readonly uint[] _features;
    private readonly float[] _weights;
    private readonly ushort[] _rows;
    private readonly int _shift;

    /// <summary>Weights of features.</summary>
    /// <param name="features">The features, ascending, at most 65,534.</param>
    /// <param name="weights">For each of them <see cref="CommentHeads.Count"/> weights.</param>
    /// <exception cref="ArgumentException">The features do not ascend, there are too many of them, or a weight is missing or not finite.</exception>
    public CommentWeights(uint[] features, float[] weights)
    {
        if (features.Length >= ushort.MaxValue || weights.Length != features.Length * CommentHeads.Count || Array.Exists(weights, weight => !float.IsFinite(weight)))
        {
            throw new ArgumentException($"{features.Length} features have {weights.Length} weights; each needs {CommentHeads.Count} finite ones.");
        }

        (_features, _weights) = (features, weights);
        // At most an eighth full: nearly all features that are looked for weigh nothing, and are to meet an empty place at once.
        _rows = new ushort[BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, features.Length * 8))];
        _shift = 32 - BitOperations.Log2((uint)_rows.Length);
        for (var row = 0; row < features.Length; row++)
        {
            if (row > 0 && features[row] <= features[row - 1])
            {
                throw new ArgumentException("The features do not ascend.");
            }

            var at = PlaceOf(features[row]);
            while (_rows[at] != 0)
            {
                at = at + 1 & _rows.Length - 1;
            }

            _rows[at] = (ushort)(row + 1);
        }
    }

    /// <summary>No weights.</summary>
    public static CommentWeights None { get; } = new([], []);

    /// <summary>The features, ascending.</summary>
    public ReadOnlySpan<uint> Features => _features;

    /// <summary>The weights of a feature by its row.</summary>
    public ReadOnlySpan<float> this[int row] => _weights.AsSpan(row * CommentHeads.Count, CommentHeads.Count);

    /// <summary>The row of a feature; -1 for one that weighs nothing.</summary>
    public int RowOf(uint feature)
    {
        var rows = _rows;
        var at = PlaceOf(feature);
        int row;
        while ((row = rows[at] - 1) >= 0 && _features[row] != feature)
        {
            at = at + 1 & rows.Length - 1;
        }

        return row;
    }

    // Multiplication spreads features that differ in few bits (Knuth, The Art of Computer Programming 3, 6.4).
    private int PlaceOf(uint feature) => (int)(feature * 0x9E37_79B1u >> _shift);
}
