using BenchmarkDotNet.Running;
using CourseCompletion.Benchmarks.Recommendations;

if (args is ["recommendations", "percentiles"])
{
    RecommendationPercentiles.Print();
}
else
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
