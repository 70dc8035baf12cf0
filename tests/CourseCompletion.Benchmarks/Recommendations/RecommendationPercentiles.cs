using System.Diagnostics;

namespace CourseCompletion.Benchmarks.Recommendations;

/// <summary>How long single recommendations take, at percentiles: what a mean hides.</summary>
internal static class RecommendationPercentiles
{
    private const int Warmup = 1_000;
    private const int Questions = 50_000;
    private const int LiveQuestions = 5_000;

    /// <summary>Measures and prints them.</summary>
    public static void Print()
    {
        var catalogue = new LargeCatalogue();
        Print("10 of 50,000 courses", catalogue.Recommend, Questions);
        var live = new LiveCatalogue();
        Print("10 of 50,000 courses, live, by relevance", () => live.Rank(isRankedOnceMore: false), LiveQuestions);
        Print("10 of 50,000 courses, live, ranked once more", () => live.Rank(isRankedOnceMore: true), LiveQuestions);
    }

    private static void Print(string what, Func<int> ask, int questions)
    {
        var took = new TimeSpan[questions];
        for (var i = -Warmup; i < questions; i++)
        {
            var began = Stopwatch.GetTimestamp();
            ask();
            took[Math.Max(i, 0)] = Stopwatch.GetElapsedTime(began);
        }

        Array.Sort(took);
        Console.WriteLine($"{what}, {questions:N0} questions: p50 {At(0.5):F1} us, p99 {At(0.99):F1} us, p99.9 {At(0.999):F1} us, max {At(1):F1} us");

        double At(double share) => took[Math.Min((int)(share * questions), questions - 1)].TotalMicroseconds;
    }
}
