using BenchmarkDotNet.Attributes;

namespace CourseCompletion.Benchmarks.Recommendations;

/// <summary>What a recommendation costs, and what learning from an enrolment does, among 50,000 courses.</summary>
[MemoryDiagnoser]
public class TransitionModelBenchmark
{
    private readonly LargeCatalogue _catalogue = new();

    /// <summary>Ten courses of 50,000 for a learner who took about 25.</summary>
    [Benchmark]
    public int Recommend() => _catalogue.Recommend();

    /// <summary>One step of learning.</summary>
    [Benchmark]
    public void Learn() => _catalogue.Learn();
}
