namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Feature vectors with labels and weights, row by row.</summary>
/// <param name="Width">How many features a row has.</param>
public sealed record FeatureRows(int Width)
{
    private readonly List<float> _features = [];
    private readonly List<float> _labels = [];
    private readonly List<float> _weights = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _labels.Count;

    /// <summary>All vectors, one after the other.</summary>
    public ReadOnlySpan<float> Features => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_features);

    /// <summary>The labels, 0 or 1.</summary>
    public ReadOnlySpan<float> Labels => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_labels);

    /// <summary>The weights, above 0.</summary>
    public ReadOnlySpan<float> Weights => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_weights);

    /// <summary>The vector of a row.</summary>
    public ReadOnlySpan<float> Row(int row) => Features.Slice(row * Width, Width);

    /// <summary>Adds a row.</summary>
    public void Add(ReadOnlySpan<float> features, bool label, float weight)
    {
        if (features.Length != Width)
        {
            throw new ArgumentException($"A row has {Width} features, not {features.Length}.", nameof(features));
        }

        _features.AddRange(features);
        _labels.Add(label ? 1 : 0);
        _weights.Add(weight);
    }
}
