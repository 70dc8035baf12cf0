using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Client;
using Spectre.Console;

namespace CourseCompletion.Cli.Delivery;

/// <summary>Carries out a plan: defines the courses, sends the events, saves the position, sums up.</summary>
/// <param name="plan">What to send.</param>
/// <param name="console">Shows the progress and, unless it is JSON, the summary.</param>
/// <param name="isJson">Whether the summary goes to standard output as JSON.</param>
internal sealed class DeliveryRun(DeliveryPlan plan, IAnsiConsole console, bool isJson)
{
    private readonly DeliveryTally _tally = new();

    /// <summary>Runs to the end or until it is cancelled. However it ends, the position is saved and the summary written.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var progress = new DeliveryProgress(console, _tally, plan.Total, plan.Start);
        var isInterrupted = false;
        try
        {
            await DeliverAsync(progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            isInterrupted = true;
        }
        finally
        {
            new DeliverySummary(_tally, plan.Faults, plan.Start, progress.Elapsed, isInterrupted).Write(console, isJson);
        }

        return isInterrupted ? CommandRun.Interrupted : _tally.Counts.Unknown > 0 ? CommandRun.Failed : CommandRun.Ok;
    }

    private async Task DeliverAsync(DeliveryProgress progress, CancellationToken cancellationToken)
    {
        await using var client = EngagementClient.Connect(plan.Target, ClientOptions(progress));
        await CourseUpserts.RunAsync(client.Courses, plan.Courses, progress.Warn, cancellationToken);
        var delivery = new EventDelivery(client, plan.BatchEvents, plan.Pace, _tally.Add, plan.Start);
        using var saving = new CancellationTokenSource();
        var saves = SaveRegularlyAsync(delivery, progress, saving.Token);
        try
        {
            await progress.ShowAsync(token => delivery.RunAsync(plan.Events, plan.Origin?.Invoke(), token), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // What is under way may well be durable: its answers belong to the position and to the summary.
            await client.DisposeAsync();
            await delivery.DrainAsync();
            throw;
        }
        finally
        {
            await saving.CancelAsync();
            await saves;
            plan.Save(delivery.Position);
        }
    }

    // A disk that is full for a moment must not end the saving: the position would stay behind for the rest of the run.
    private async Task SaveRegularlyAsync(EventDelivery delivery, DeliveryProgress progress, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(plan.SaveEvery, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                plan.Save(delivery.Position);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                progress.Warn($"The position could not be saved and is tried again: {error.Message}");
            }
        }
    }

    private static EngagementClientOptions ClientOptions(DeliveryProgress progress) => new()
    {
        BatchEventsMax = EngagementClientOptions.BatchEventsLimit,
        ShutdownTimeout = TimeSpan.FromSeconds(5),
        Interrupted = interruption => progress.Warn(
            $"The stream broke ({interruption.Status}: {interruption.Detail}); {interruption.EventsUnanswered} events will be sent again."),
    };
}
