using CourseCompletion.Cli.Engagement;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Completion;

/// <summary>Says on standard error how far a training is: a line when a stage begins, and one every few seconds.</summary>
internal sealed class TrainingConsole(TextWriter errors) : IProgress<TrainingProgress>, IProgress<int>
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(3);
    private readonly long _startedAt = TimeProvider.System.GetTimestamp();
    private long _saidAt;
    private string _stage = "";

    /// <summary>How long it took so far.</summary>
    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_startedAt);

    public void Report(TrainingProgress value)
    {
        if (value.Stage == _stage && TimeProvider.System.GetElapsedTime(_saidAt) < _every)
        {
            return;
        }

        (_stage, _saidAt) = (value.Stage, TimeProvider.System.GetTimestamp());
        var total = value.Total > 0 ? $" of {value.Total:N0}" : "";
        errors.WriteLine($"[{Elapsed.TotalSeconds,6:F1} s] {value.Stage}: {value.Done:N0}{total}");
    }

    public void Report(int value) => Report(new TrainingProgress("reading events", value, 0));

    /// <summary>Shows which rows were malformed or left out.</summary>
    public void Show(RowFaults faults)
    {
        foreach (var fault in faults.Shown)
        {
            errors.WriteLine(fault);
        }

        foreach (var (reason, count) in faults.Skipped)
        {
            errors.WriteLine($"left out: {count:N0} {reason}");
        }
    }
}
