using BenchmarkDotNet.Attributes;
using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Explanations;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Default;

namespace CourseCompletion.Benchmarks.Completion;

/// <summary>What the release's model costs: a score with every event, and everything that a read says beside it.</summary>
[MemoryDiagnoser]
public class CompletionModelBenchmark
{
    private const int Vectors = 1_024;

    private readonly LearnedCompletionPredictor _model = new(DefaultCompletionModel.Load());
    private readonly float[][] _vectors = new float[Vectors][];
    private readonly CourseDefinition _course = new() { Course = new("algebra"), Version = 1, Lessons = [.. Enumerable.Range(0, 40).Select(i => new LessonDefinition { Id = $"lesson-{i}" })] };
    private int _next;

    /// <summary>Makes vectors that lead all over the trees.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var chance = new Random(1);
        for (var i = 0; i < Vectors; i++)
        {
            _vectors[i] = [.. Enumerable.Range(0, CompletionFeatures.Count).Select(_ => (float)(chance.NextDouble() * 8))];
            _vectors[i][FeatureIndex.ElapsedShare] = chance.NextSingle();
        }
    }

    /// <summary>The probability.</summary>
    [Benchmark]
    public float Score() => _model.Score(Next());

    /// <summary>Reasons, next step, interval and week of stopping.</summary>
    [Benchmark]
    public object ExplainInFull()
    {
        var vector = Next();
        var interval = CompletionIntervals.OfProbability(PortableMath.Logit(_model.Score(vector)), _model.DeviationOf(vector));
        return (CompletionExplainer.Explain(vector, _course, _model), interval, _model.StopOf(vector));
    }

    private float[] Next() => _vectors[_next++ & (Vectors - 1)];
}
