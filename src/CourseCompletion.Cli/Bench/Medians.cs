namespace CourseCompletion.Cli.Bench;

/// <summary>Medians of repeated measurements.</summary>
internal static class Medians
{
    /// <summary>The middle one of the values, or the mean of the two in the middle.</summary>
    public static double Of<T>(IReadOnlyCollection<T> samples, Func<T, double> of)
    {
        var sorted = samples.Select(of).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
