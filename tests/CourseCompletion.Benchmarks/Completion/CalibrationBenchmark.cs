using BenchmarkDotNet.Attributes;
using CourseCompletion.Domain.Completion.Calibration;

namespace CourseCompletion.Benchmarks.Completion;

/// <summary>What a matured label costs: figures, calibration and drift; and what reading a logit by the calibration costs.</summary>
[MemoryDiagnoser]
public class CalibrationBenchmark
{
    private const int Labels = 65_536;
    private const int Courses = 64;

    private readonly HealthPolicy _policy = HealthPolicy.Default;
    private readonly MaturedPrediction[] _labels = new MaturedPrediction[Labels];
    private ModelHealthState _state = null!;
    private CalibrationSnapshot _snapshot = null!;

    /// <summary>Learns from every label once, so that each course is there.</summary>
    [GlobalSetup]
    public void Prepare()
    {
        var chance = new Random(1);
        _state = new(_policy);
        for (var i = 0; i < Labels; i++)
        {
            var logit = (chance.NextDouble() * 5) - 4;
            _labels[i] = new(new($"course-{chance.Next(Courses)}"), logit, logit, chance.NextDouble() < 1 / (1 + Math.Exp(-logit)), 0.2, i % 5 == 0);
        }

        Learn();
        _snapshot = CalibrationRules.SnapshotOf(_state.Calibration, _policy.Calibration);
    }

    /// <summary>Folds matured predictions into a model's health.</summary>
    [Benchmark(OperationsPerInvoke = Labels)]
    public int Learn()
    {
        var alarms = 0;
        foreach (ref readonly var label in _labels.AsSpan())
        {
            alarms += ModelHealthRules.Learn(_state, label, _policy) ? 1 : 0;
        }

        return alarms;
    }

    /// <summary>Reads logits by a calibration.</summary>
    [Benchmark(OperationsPerInvoke = Labels)]
    public double Calibrate()
    {
        var sum = 0.0;
        foreach (ref readonly var label in _labels.AsSpan())
        {
            sum += _snapshot.Calibrate(label.Course, label.Logit);
        }

        return sum;
    }
}
