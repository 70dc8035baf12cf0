using System.Diagnostics;

namespace CourseCompletion.Benchmarks.Recommendations;

/// <summary>How long single recommendations take, at percentiles: what a mean hides.</summary>
internal static class RecommendationPercentiles
{
    private const int Warmup = 5_000;
    private const int Questions = 50_000;

    /// <summary>Measures and prints them.</summary>
    public static void Print()
    {
        var catalogue = new LargeCatalogue();
        Print("10 of 50,000 courses", catalogue.Recommend);
        var live = new LiveCatalogue();
        Print("10 of 50,000 courses, live, by relevance", () => live.Rank(isRankedOnceMore: false));
        Print("10 of 50,000 courses, live, ranked once more", () => live.Rank(isRankedOnceMore: true));
    }

    private static void Print(string what, Func<int> ask)
    {
        var took = new TimeSpan[Questions];
        for (var i = -Warmup; i < Questions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            ask();
            took[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(began);
        }

        Array.Sort(took);
        Console.WriteLine($"{what}, {Questions:N0} questions: p50 {At(0.5):F1} us, p99 {At(0.99):F1} us, p99.9 {At(0.999):F1} us, max {At(1):F1} us");

        double At(double share) => took[Math.Min((int)(share * Questions), Questions - 1)].TotalMicroseconds;
    }
}
