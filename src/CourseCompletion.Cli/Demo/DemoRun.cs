using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Client;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Spectre.Console;

namespace CourseCompletion.Cli.Demo;

/// <summary>The demo, as a table of contents: server, courses, history, campaign, living on, end.</summary>
internal sealed class DemoRun(DemoOptions options)
{
    private const int HistoryBatchEvents = 500;
    private const int LiveBatchEvents = 50;
    private static readonly TimeSpan _rememberEvery = TimeSpan.FromSeconds(1);

    /// <summary>Runs until Ctrl+C or the end of the duration; both are a success.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        var clock = new DemoClock(DemoState.StartOf(options.DataDirectory, TimeProvider.System.GetUtcNow()));
        await using var server = await DemoServer.StartAsync(options, clock, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var state = DemoState.Load(options, now);
        using var shown = new DemoClass(state, now);
        var board = new DemoBoard();
        var view = new DemoView(AnsiConsole.Console, board);
        await using var client = EngagementClient.Connect(server.Grpc, new() { ShutdownTimeout = TimeSpan.FromSeconds(5) });
        using var watching = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var watches = Task.CompletedTask;
        try
        {
            await CourseUpserts.RunAsync(client.Courses, shown.Class.Courses.Select(course => course.ToCourse()), Console.Error.WriteLine, cancellationToken);
            state.Save(options.DataDirectory);
            Console.Out.Write(DemoGuide.Text(server, shown.Class.Courses[0].Id, shown.Class.Lives[0].LearnerId));
            watches = Task.WhenAll(shown.Class.Courses.Select(course => WatchAsync(client, course.Id, board, watching.Token)));

            board.Begin($"history, {(now - state.SentUntil).TotalDays:N1} days", isLive: false);
            var history = new EventDelivery(client, HistoryBatchEvents, Pace.Max, board.Take);
            await view.ShowAsync(history.RunAsync(shown.History(), null, cancellationToken));
            state = state with { SentUntil = now, ClockAt = clock.GetUtcNow().UtcDateTime };
            state.Save(options.DataDirectory);
            Console.Out.WriteLine(DemoView.Line(board.Read()));

            var campaign = DemoCampaign.Of(shown.Class.Options.Prefix, shown.Class.Courses.Select(course => course.Id));
            await client.Campaigns.UpsertCampaignAsync(new() { Campaign = campaign }, cancellationToken: cancellationToken);
            Console.Out.Write(DemoGuide.CampaignText(server, campaign.CampaignId));
            var reminders = new DemoReminders(client, shown, clock, board, campaign.CampaignId);
            await LiveAsync(client, shown, clock, state, reminders, board, view, cancellationToken);
        }
        catch (Exception error) when (cancellationToken.IsCancellationRequested && IsCancelled(error))
        {
            // Ctrl+C is how a demo ends.
        }
        finally
        {
            await watching.CancelAsync();
            await watches;
        }

        Console.Out.WriteLine($"The demo ends. Its data is in {options.DataDirectory}; the same command goes on with it.");
        return CommandRun.Ok;
    }

    private async Task LiveAsync(
        EngagementClient client, DemoClass shown, DemoClock clock, DemoState state, DemoReminders reminders, DemoBoard board, DemoView view, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.LiveDuration is { } duration)
        {
            ending.CancelAfter(duration);
        }

        board.Begin($"live, {options.LiveSpeed} times as fast as real time", isLive: true);
        clock.Run(options.LiveSpeed);
        var origin = Timestamp.FromDateTimeOffset(clock.GetUtcNow());
        var delivery = new EventDelivery(client, LiveBatchEvents, new Pace(options.LiveSpeed), board.Take);
        try
        {
            await view.ShowAsync(AllAsync(
                ending,
                StayAsync(delivery.RunAsync(shown.Live(), origin, ending.Token), ending.Token),
                reminders.RunAsync(ending.Token),
                new DemoUnderstanding(client, board, shown.Class.Courses[0].Id).RunAsync(ending.Token),
                RememberAsync(state, clock, ending.Token)));
        }
        catch (Exception error) when (ending.IsCancellationRequested && !cancellationToken.IsCancellationRequested && IsCancelled(error))
        {
            Console.Out.WriteLine(DemoView.Line(board.Read()));
        }
        finally
        {
            state.SaveAt(options.DataDirectory, clock.GetUtcNow().UtcDateTime);
        }
    }

    // When one ends, and none does but by a fault or at the end, the others end too.
    private static async Task AllAsync(CancellationTokenSource ending, params Task[] parts)
    {
        var first = await Task.WhenAny(parts);
        await ending.CancelAsync();
        await Task.WhenAll(parts).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    // A run that is killed has not let the clock of the next one go back: what is remembered lies a little ahead.
    private async Task RememberAsync(DemoState state, DemoClock clock, CancellationToken cancellationToken)
    {
        while (true)
        {
            state.SaveAt(options.DataDirectory, clock.GetUtcNow().UtcDateTime + (2 * options.LiveSpeed * _rememberEvery));
            await Task.Delay(_rememberEvery, cancellationToken);
        }
    }

    // The server stays up when the class has ended.
    private static async Task StayAsync(Task living, CancellationToken cancellationToken)
    {
        await living;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static bool IsCancelled(Exception error) => error is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled };

    private static Task WatchAsync(EngagementClient client, string course, DemoBoard board, CancellationToken cancellationToken) =>
        WatchLoop.RunAsync(
            token => client.Courses.WatchEngagement(new() { CourseId = course }, cancellationToken: token),
            change => board.Take(change.Engagement),
            cancellationToken);
}
