using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Client;
using Spectre.Console;

namespace CourseCompletion.Cli.Simulate;

/// <summary>Streams a simulated class to a server.</summary>
internal sealed class SimulationStream(Uri target, Pace pace, bool isJson)
{
    private const int BatchEvents = 500;

    /// <summary>Defines the courses and streams the events of so many days.</summary>
    public async Task<int> RunAsync(SimulatedClass simulated, int days, CancellationToken cancellationToken)
    {
        var console = isJson ? AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
        var tally = new DeliveryTally();
        var progress = new DeliveryProgress(console, tally, null, 0);
        var isInterrupted = false;
        await using (var client = EngagementClient.Connect(target, new()
        {
            ShutdownTimeout = TimeSpan.FromSeconds(5),
            Interrupted = interruption => progress.Warn($"The stream broke ({interruption.Status}: {interruption.Detail}); sending again."),
        }))
        {
            await CourseUpserts.RunAsync(client.Courses, simulated.Courses.Select(course => course.ToCourse()), progress.Warn, cancellationToken);
            var delivery = new EventDelivery(client, BatchEvents, pace, tally.Add);
            try
            {
                await progress.ShowAsync(token => delivery.RunAsync(simulated.Live(days), null, token), cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                isInterrupted = true;
                await client.DisposeAsync();
                await delivery.DrainAsync();
            }
        }

        new DeliverySummary(tally, new RowFaults(), 0, progress.Elapsed, isInterrupted).Write(console, isJson);
        return isInterrupted ? CommandRun.Interrupted : tally.Counts.Unknown > 0 ? CommandRun.Failed : CommandRun.Ok;
    }
}
