namespace CourseCompletion.Domain.Completion.Bands;

/// <summary>Which probabilities those had who completed in the end, over the course's time: quantiles of the model's logit.</summary>
/// <remarks>Immutable. Between the known shares of time and the known quantiles it runs in straight lines.</remarks>
public sealed class CompleterTrajectory
{
    /// <summary>At how many shares of the course's time the quantiles are known: 0, 0.1, 0.2 to 1.</summary>
    public const int PointCount = 11;

    private static readonly double[] _levels = [0.01, 0.02, 0.05, 0.10, 0.25, 0.50, 0.75];

    private readonly float[] _logits;

    /// <summary>Takes quantiles.</summary>
    /// <param name="logits">For each of the <see cref="PointCount"/> shares of time the logits of the <see cref="Levels"/>, ascending.</param>
    /// <exception cref="ArgumentException">There are not as many finite numbers, or those of one time are not in ascending order.</exception>
    public CompleterTrajectory(float[] logits)
    {
        if (logits.Length != PointCount * _levels.Length || Array.Exists(logits, logit => !float.IsFinite(logit)))
        {
            throw new ArgumentException($"A trajectory has {PointCount * _levels.Length} finite numbers, not {logits.Length}.", nameof(logits));
        }

        for (var i = 0; i < logits.Length; i++)
        {
            if (i % _levels.Length > 0 && logits[i] < logits[i - 1])
            {
                throw new ArgumentException($"The quantiles of a trajectory's point {i / _levels.Length} are not in ascending order.", nameof(logits));
            }
        }

        _logits = logits;
    }

    /// <summary>The shares of completers whose logit was lower.</summary>
    public static ReadOnlySpan<double> Levels => _levels;

    /// <summary>The quantiles, time by time.</summary>
    public ReadOnlySpan<float> Logits => _logits;

    /// <summary>The logit below which a share of completers stood at a time.</summary>
    /// <param name="share">The share of completers; outside of the <see cref="Levels"/> the nearest of them.</param>
    /// <param name="elapsed">The share of the course's time that has passed; outside of 0 to 1 the nearest of them.</param>
    public double LogitAt(double share, double elapsed)
    {
        var level = 0;
        while (level < _levels.Length - 2 && share > _levels[level + 1])
        {
            level++;
        }

        var above = Math.Clamp((share - _levels[level]) / (_levels[level + 1] - _levels[level]), 0, 1);
        var time = Math.Clamp(elapsed, 0, 1) * (PointCount - 1);
        var point = Math.Min((int)time, PointCount - 2);
        var (before, after) = (AtPoint(point), AtPoint(point + 1));
        return before + ((after - before) * (time - point));

        double AtPoint(int at)
        {
            var low = _logits[(at * _levels.Length) + level];
            return low + ((_logits[(at * _levels.Length) + level + 1] - low) * above);
        }
    }
}
