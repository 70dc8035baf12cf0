using CourseCompletion.Cli.Connections;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CourseCompletion.Cli.Demo;

/// <summary>Shows the board: a live table on a terminal, a line every two seconds otherwise.</summary>
internal sealed class DemoView(IAnsiConsole console, DemoBoard board)
{
    private static readonly TimeSpan _tableEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _lineEvery = TimeSpan.FromSeconds(2);

    /// <summary>Runs the work and shows the board until it ends.</summary>
    public Task ShowAsync(Task work) => console.Profile.Capabilities.Interactive ? TableAsync(work) : LinesAsync(work);

    /// <summary>The board as a line, and more for the campaign and for what is understood when there is something.</summary>
    public static string Line(DemoNumbers numbers)
    {
        var moved = numbers.Moves is [var move, ..]
            ? $", {move.Learner} {ProtoText.Percent(move.From)} -> {ProtoText.Percent(move.To)}"
            : "";
        return $"{numbers.Phase}: {numbers.Counts.Answered:N0} events acknowledged, {numbers.EventsPerSecond:N0} events/s, "
            + $"{numbers.Courses.Sum(course => course.Enrolled):N0} enrolments, mean completion {ProtoText.Percent(numbers.MeanProbability)}{moved}"
            + (numbers.Campaign is { } campaign ? Environment.NewLine + campaign : "")
            + (numbers.Understood is { } understood ? Environment.NewLine + understood : "");
    }

    private async Task LinesAsync(Task work)
    {
        while (await Task.WhenAny(work, Task.Delay(_lineEvery)) != work)
        {
            Console.Out.WriteLine(Line(board.Read()));
        }

        await work;
    }

    private async Task TableAsync(Task work)
    {
        await console.Live(Render(board.Read())).StartAsync(async live =>
        {
            while (await Task.WhenAny(work, Task.Delay(_tableEvery)) != work)
            {
                live.UpdateTarget(Render(board.Read()));
            }
        });
        await work;
    }

    private static Rows Render(DemoNumbers numbers) => new([Totals(numbers), Courses(numbers), .. Campaign(numbers), .. Understood(numbers), .. Moves(numbers)]);

    private static Table Totals(DemoNumbers numbers)
    {
        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{Markup.Escape(numbers.Phase)}[/]");
        foreach (var name in (string[])["events/s", "acknowledged", "duplicate", "rejected", "ack p50 / p99 ms", "enrolments", "mean completion"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        var moved = numbers is { MeanProbability: { } now, MeanProbabilityBeforeLive: { } before } ? $" ({(now - before) * 100:+0.00;-0.00;0.00})" : "";
        table.AddRow(
            $"[green]{numbers.EventsPerSecond:N0}[/]",
            $"{numbers.Counts.Answered:N0}",
            $"{numbers.Counts.Duplicate:N0}",
            $"{numbers.Counts.Rejected:N0}",
            $"{numbers.AcknowledgedP50.TotalMilliseconds:N1} / {numbers.AcknowledgedP99.TotalMilliseconds:N1}",
            $"{numbers.Courses.Sum(course => course.Enrolled):N0}",
            ProtoText.Percent(numbers.MeanProbability) + moved);
        return table;
    }

    private static Table Courses(DemoNumbers numbers)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("course");
        foreach (var name in (string[])["enrolled", "active today", "completed", "mean completion", "likes", "comments", "hours watched"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (var course in numbers.Courses)
        {
            table.AddRow(
                Markup.Escape(course.CourseId),
                $"{course.Enrolled:N0}",
                $"{course.ActiveToday:N0}",
                $"{course.Completed:N0}",
                ProtoText.Percent(course.MeanCompletionProbability),
                $"{course.Likes:N0}",
                $"{course.Comments:N0}",
                $"{course.WatchSeconds / 3600:N1}");
        }

        return table;
    }

    private static IEnumerable<IRenderable> Campaign(DemoNumbers numbers)
    {
        if (numbers.Campaign is not { } campaign)
        {
            yield break;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumn("check-in campaign");
        foreach (var name in (string[])["sent today", "held back today", "sent in all", "streak, treatment / control", "returned in 7 days, treatment / control"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        table.AddRow(
            $"{campaign.Day:yyyy-MM-dd}",
            $"[green]{campaign.SentToday:N0}[/]",
            $"{campaign.WouldSendToday:N0}",
            $"{campaign.SentInAll:N0}",
            Markup.Escape(campaign.StreaksText),
            Markup.Escape(campaign.ReturnsText));
        yield return table;
    }

    private static IEnumerable<IRenderable> Understood(DemoNumbers numbers)
    {
        if (numbers.Understood is not { } understood)
        {
            yield break;
        }

        var table = new Table().Border(TableBorder.Rounded).HideHeaders().AddColumns("what", "now");
        foreach (var (what, now) in new[]
        {
            ($"{understood.Course} is about", understood.Topics),
            ("its learners say", understood.Feedback),
            ("its team looks at", understood.Finding),
            ($"{understood.Learner} cares about", understood.Interests),
            ("and goes on with", understood.NextClip),
            ("and then with", understood.NextCourse),
        })
        {
            table.AddRow(Markup.Escape(what), Markup.Escape(now));
        }

        yield return table;
    }

    private static IEnumerable<IRenderable> Moves(DemoNumbers numbers)
    {
        if (numbers.Moves.Count == 0)
        {
            yield break;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("learner", "course", "completes with");
        foreach (var move in numbers.Moves)
        {
            var colour = move.To >= move.From ? "green" : "red";
            table.AddRow(
                Markup.Escape(move.Learner),
                Markup.Escape(move.Course),
                $"{ProtoText.Percent(move.From)} -> [{colour}]{ProtoText.Percent(move.To)}[/]");
        }

        yield return table;
    }
}
