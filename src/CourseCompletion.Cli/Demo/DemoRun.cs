using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Delivery;
using CourseCompletion.Client;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace CourseCompletion.Cli.Demo;

/// <summary>The demo, as a table of contents: server, courses, history, living on, end.</summary>
internal sealed class DemoRun(DemoOptions options)
{
    private const int HistoryBatchEvents = 500;
    private const int LiveBatchEvents = 50;

    /// <summary>Runs until Ctrl+C or the end of the duration; both are a success.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.DataDirectory);
        await using var server = await DemoServer.StartAsync(options, cancellationToken);
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
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
            (state with { SentUntil = now }).Save(options.DataDirectory);
            Console.Out.WriteLine(DemoView.Line(board.Read()));

            await LiveAsync(client, shown, board, view, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
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
        EngagementClient client, DemoClass shown, DemoBoard board, DemoView view, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.LiveDuration is { } duration)
        {
            ending.CancelAfter(duration);
        }

        var from = TimeProvider.System.GetUtcNow().UtcDateTime;
        board.Begin($"live, {options.LiveSpeed} times as fast as real time", isLive: true);
        var delivery = new EventDelivery(client, LiveBatchEvents, Pace.RealTime, board.Take);
        try
        {
            await view.ShowAsync(StayAsync(
                delivery.RunAsync(shown.Live(from, options.LiveSpeed), Timestamp.FromDateTime(from), ending.Token), ending.Token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Console.Out.WriteLine(DemoView.Line(board.Read()));
        }
    }

    // The server stays up when the class has ended.
    private static async Task StayAsync(Task living, CancellationToken cancellationToken)
    {
        await living;
        await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
    }

    private static Task WatchAsync(EngagementClient client, string course, DemoBoard board, CancellationToken cancellationToken) =>
        WatchLoop.RunAsync(
            token => client.Courses.WatchEngagement(new() { CourseId = course }, cancellationToken: token),
            change => board.Take(change.Engagement),
            cancellationToken);
}
