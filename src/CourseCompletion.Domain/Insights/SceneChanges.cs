namespace CourseCompletion.Domain.Insights;

/// <summary>Where scenes change in a lesson's video: there people look again without being confused.</summary>
public sealed class SceneChanges : IEquatable<SceneChanges>
{
    /// <summary>How many a lesson may have.</summary>
    public const int PositionsMax = 1000;

    private readonly long[] _positionsMs;

    /// <summary>Takes positions in milliseconds from the video's start.</summary>
    public SceneChanges(IEnumerable<long> positionsMs) => _positionsMs = [.. positionsMs];

    /// <summary>None known.</summary>
    public static SceneChanges None { get; } = new([]);

    /// <summary>The positions in milliseconds from the video's start.</summary>
    public ReadOnlySpan<long> PositionsMs => _positionsMs;

    /// <inheritdoc/>
    public bool Equals(SceneChanges? other) => other is not null && PositionsMs.SequenceEqual(other.PositionsMs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as SceneChanges);

    /// <inheritdoc/>
    public override int GetHashCode() => _positionsMs.Length;
}
