using Spectre.Console;

namespace CourseCompletion.Cli.Delivery;

/// <summary>Shows how far a run is: a bar on a terminal, a line every few seconds otherwise. Always on standard error or the given console.</summary>
internal sealed class DeliveryProgress(IAnsiConsole console, DeliveryTally tally, long? total, long start)
{
    private static readonly TimeSpan _barEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan _lineEvery = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _warningEvery = TimeSpan.FromSeconds(5);
    private readonly Lock _lock = new();
    private long _startedAt = TimeProvider.System.GetTimestamp();
    private long? _warnedAt;

    /// <summary>How long the run took, or has taken so far.</summary>
    public TimeSpan Elapsed { get; private set; }

    /// <summary>Runs the work and shows its progress until it ends.</summary>
    public async Task ShowAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        _startedAt = TimeProvider.System.GetTimestamp();
        try
        {
            await (console.Profile.Capabilities.Interactive && total is > 0
                ? BarAsync(work, cancellationToken)
                : LinesAsync(work(cancellationToken)));
        }
        finally
        {
            Elapsed = TimeProvider.System.GetElapsedTime(_startedAt);
        }
    }

    /// <summary>Says something that went wrong, but not more often than every five seconds.</summary>
    public void Warn(string message)
    {
        lock (_lock)
        {
            if (_warnedAt is { } last && TimeProvider.System.GetElapsedTime(last) < _warningEvery)
            {
                return;
            }

            _warnedAt = TimeProvider.System.GetTimestamp();
        }

        console.MarkupLineInterpolated($"[yellow]{message}[/]");
    }

    private Task BarAsync(Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        console.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("events", maxValue: total!.Value);
                var working = work(cancellationToken);
                while (!working.IsCompleted)
                {
                    bar.Value = start + tally.Counts.Answered;
                    bar.Description = $"{tally.Counts.Answered / Seconds():N0} events/s";
                    await Task.WhenAny(working, Task.Delay(_barEvery, CancellationToken.None));
                }

                bar.Value = start + tally.Counts.Answered;
                await working;
            });

    private async Task LinesAsync(Task working)
    {
        while (await Task.WhenAny(working, Task.Delay(_lineEvery)) != working)
        {
            var answered = start + tally.Counts.Answered;
            var share = total is > 0 ? $" of {total:N0} ({100.0 * answered / total:F1} %)" : "";
            console.WriteLine($"{answered:N0}{share} events, {tally.Counts.Answered / Seconds():N0} events/s");
        }

        await working;
    }

    private double Seconds() => Math.Max(0.001, TimeProvider.System.GetElapsedTime(_startedAt).TotalSeconds);
}
