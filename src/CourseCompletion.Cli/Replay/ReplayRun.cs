using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using Spectre.Console;

namespace CourseCompletion.Cli.Replay;

/// <summary>Replays files: reads them, puts them in order, defines the courses, sends the events, sums up.</summary>
internal sealed class ReplayRun(IReplayLayout layout, string inputName, ReplayOptions options, IAnsiConsole console)
{
    private static readonly TimeSpan _saveEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs to the end or until it is cancelled; either way the position is saved and the summary printed.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var start = options.StatePath is { } path ? ReplayState.Load(path, inputName) : 0;
        var faults = new RowFaults();
        using var sorter = new EventSorter(options.MemoryBytesMax);
        var events = options.IsSorted ? layout.ReadEvents(faults).Skip((int)start) : Sorted(sorter, faults, start, cancellationToken);
        var tally = new DeliveryTally();
        var progress = new DeliveryProgress(console, tally, options.IsSorted ? null : sorter.Count, start);
        var isInterrupted = false;
        await using (var client = EngagementClient.Connect(options.Target, ClientOptions(progress)))
        {
            await CourseUpserts.RunAsync(client.Courses, layout.ReadCourses(faults), progress.Warn, cancellationToken);
            var delivery = new EventDelivery(client, options.BatchEvents, options.Pace, tally.Add, start);
            using var saving = new CancellationTokenSource();
            var saves = SaveRegularlyAsync(delivery, saving.Token);
            try
            {
                await progress.ShowAsync(token => delivery.RunAsync(events, null, token), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                isInterrupted = true;
                await client.DisposeAsync();
                await delivery.DrainAsync();
            }
            finally
            {
                await saving.CancelAsync();
                await saves;
                Save(delivery);
            }
        }

        new DeliverySummary(tally, faults, start, progress.Elapsed, isInterrupted).Write(console, options.IsJson);
        return isInterrupted ? CommandRun.Interrupted : tally.Counts.Unknown > 0 ? CommandRun.Failed : CommandRun.Ok;
    }

    private IEnumerable<Event> Sorted(EventSorter sorter, RowFaults faults, long start, CancellationToken cancellationToken)
    {
        foreach (var e in layout.ReadEvents(faults))
        {
            cancellationToken.ThrowIfCancellationRequested();
            sorter.Add(e);
        }

        foreach (var fault in faults.Shown)
        {
            Console.Error.WriteLine(fault);
        }

        if (sorter.RunCount > 0)
        {
            Console.Error.WriteLine($"The input is larger than --memory: {sorter.RunCount + 1} sorted parts go through temporary files.");
        }

        return sorter.InOrder(start);
    }

    private static EngagementClientOptions ClientOptions(DeliveryProgress progress) => new()
    {
        BatchEventsMax = EngagementClientOptions.BatchEventsLimit,
        ShutdownTimeout = TimeSpan.FromSeconds(5),
        Interrupted = interruption => progress.Warn(
            $"The stream broke ({interruption.Status}: {interruption.Detail}); {interruption.EventsUnanswered} events will be sent again."),
    };

    private async Task SaveRegularlyAsync(EventDelivery delivery, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(_saveEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Save(delivery);
        }
    }

    private void Save(EventDelivery delivery)
    {
        if (options.StatePath is { } path)
        {
            new ReplayState(inputName, delivery.Position).Save(path);
        }
    }
}
