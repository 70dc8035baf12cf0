using CourseCompletion.Cli.Delivery;
using Spectre.Console;

namespace CourseCompletion.Cli.Simulate;

/// <summary>Streams a simulated class to a server.</summary>
internal sealed class SimulationStream(Uri target, Pace pace, bool isJson)
{
    private const int BatchEvents = 500;

    /// <summary>Defines the courses and streams the events of so many days.</summary>
    public Task<int> RunAsync(SimulatedClass simulated, int days, CancellationToken cancellationToken)
    {
        var console = isJson ? AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
        var plan = new DeliveryPlan(target, [.. simulated.Courses.Select(course => course.ToCourse())], simulated.Live(days), BatchEvents, pace);
        return new DeliveryRun(plan, console, isJson).RunAsync(cancellationToken);
    }
}
