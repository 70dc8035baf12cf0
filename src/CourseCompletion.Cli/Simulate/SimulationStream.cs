using CourseCompletion.Cli.Delivery;
using Google.Protobuf.WellKnownTypes;
using Spectre.Console;

namespace CourseCompletion.Cli.Simulate;

/// <summary>Streams a simulated class to a server.</summary>
/// <param name="target">The server.</param>
/// <param name="pace">How fast.</param>
/// <param name="present">The clock of a class that lives now: what it says is past goes at once. Null begins with the first event.</param>
/// <param name="console">Shows the progress and, unless it is JSON, the summary.</param>
/// <param name="isJson">Whether the summary goes to standard output as JSON.</param>
internal sealed class SimulationStream(Uri target, Pace pace, TimeProvider? present, IAnsiConsole console, bool isJson)
{
    private const int BatchEvents = 500;

    /// <summary>Defines the courses and streams the events of so many days.</summary>
    public Task<int> RunAsync(SimulatedClass simulated, int days, CancellationToken cancellationToken)
    {
        var plan = new DeliveryPlan(target, [.. simulated.Courses.Select(course => course.ToCourse())], simulated.Live(days), BatchEvents, pace)
        {
            Origin = present is null ? null : () => Timestamp.FromDateTimeOffset(present.GetUtcNow()),
        };
        return new DeliveryRun(plan, console, isJson).RunAsync(cancellationToken);
    }
}
