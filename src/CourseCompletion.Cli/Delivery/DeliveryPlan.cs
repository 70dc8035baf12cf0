using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Delivery;

/// <summary>What one run sends, where to, and how.</summary>
/// <param name="Target">The server.</param>
/// <param name="Courses">The courses to define first.</param>
/// <param name="Events">The events, from <see cref="Start"/> on, in order of time.</param>
/// <param name="BatchEvents">Events a batch.</param>
/// <param name="Pace">How fast.</param>
internal sealed record DeliveryPlan(Uri Target, IReadOnlyList<Course> Courses, IEnumerable<Event> Events, int BatchEvents, Pace Pace)
{
    /// <summary>Asked when sending begins: the event time from which on the pace holds. What is older goes at once. Null begins with the first event.</summary>
    public Func<Timestamp>? Origin { get; init; }

    /// <summary>How many events of the whole input an earlier run is done with.</summary>
    public long Start { get; init; }

    /// <summary>How many events the whole input has; null when nobody knows.</summary>
    public long? Total { get; init; }

    /// <summary>The rows that could not be read, for the summary.</summary>
    public RowFaults Faults { get; init; } = new();

    /// <summary>Remembers the position; called while events are sent, and at the end.</summary>
    public Action<long> Save { get; init; } = _ => { };

    /// <summary>How often the position is saved.</summary>
    public TimeSpan SaveEvery { get; init; } = TimeSpan.FromSeconds(1);
}
