using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;
using Spectre.Console;

namespace CourseCompletion.Cli.Replay;

/// <summary>Replays files: reads them, puts them in order, and sends what an earlier run did not.</summary>
internal sealed class ReplayRun(IReplayLayout layout, string inputName, ReplayOptions options, IAnsiConsole console)
{
    /// <summary>Runs to the end or until it is cancelled.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var start = options.StatePath is { } path ? ReplayState.Load(path, inputName) : 0;
        Save(start); // A place that cannot be written to is heard of now, and not after hours of sending.
        var faults = new RowFaults();
        using var sorter = new EventSorter(options.MemoryBytesMax);
        var events = options.IsSorted ? layout.ReadEvents(faults).Skip((int)start) : Sorted(sorter, faults, start, cancellationToken);
        var plan = new DeliveryPlan(options.Target, layout.ReadCourses(faults), events, options.BatchEvents, options.Pace)
        {
            Start = start,
            Total = options.IsSorted ? null : sorter.Count,
            Faults = faults,
            Save = Save,
        };
        return await new DeliveryRun(plan, console, options.IsJson).RunAsync(cancellationToken);
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

    private void Save(long position)
    {
        if (options.StatePath is { } path)
        {
            new ReplayState(inputName, position).Save(path);
        }
    }
}
