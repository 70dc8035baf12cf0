using System.Diagnostics;

namespace CourseCompletion.Grains;

/// <summary>The grains' own spans, in the source <c>CourseCompletion.Grains</c>.</summary>
/// <remarks>
/// They go on with the trace of whoever caused the work, and where there is none, no span begins. Calls carry it (<see cref="Abstractions.CallTrace"/>); where the chain of calls breaks, in collectors
/// and timers, it is kept as text beside what waits. Of several that wait together the first goes on.
/// </remarks>
internal static class GrainTracing
{
    private static readonly ActivitySource _source = new(GrainMetrics.MeterName);

    /// <summary>Begins a span of a trace; null without a trace, and where nobody listens.</summary>
    /// <param name="name">The span's name: the grain and what it does.</param>
    /// <param name="trace">The trace, as W3C writes it.</param>
    /// <param name="key">The grain's key.</param>
    public static Activity? Start(string name, string? trace, string key) =>
        trace is not null && ActivityContext.TryParse(trace, null, isRemote: true, out var parent)
            ? _source.StartActivity(name, ActivityKind.Consumer, parent)?.SetTag("grain.key", key)
            : null;
}
