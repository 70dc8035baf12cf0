using System.Diagnostics;

namespace CourseCompletion.Grains.Abstractions;

/// <summary>The trace that a call to a grain belongs to.</summary>
/// <remarks>
/// It travels in Orleans' request context under the name that W3C gave it, which is also the one of Orleans' own propagation: a backend with <c>AddActivityPropagation</c> need not know of this
/// class. Only sampled traces travel. A call without one costs neither an allocation nor a byte.
/// </remarks>
public static class CallTrace
{
    private const string Key = "traceparent";

    /// <summary>The sampled trace of the call that is being served, as W3C writes it; null without one.</summary>
    public static string? Received => RequestContext.Get(Key) is string trace && IsSampled(trace) ? trace : null;

    /// <summary>Has the calls that the current method makes from here on carry a trace; without one, or with one that is not sampled, nothing changes.</summary>
    /// <remarks>To be called from an asynchronous method: its end is the end of it.</remarks>
    /// <param name="trace">The trace, as W3C writes it; null for none.</param>
    public static void Send(string? trace)
    {
        if (trace is not null && IsSampled(trace))
        {
            RequestContext.Set(Key, trace);
        }
    }

    private static bool IsSampled(string trace) =>
        ActivityContext.TryParse(trace, null, isRemote: true, out var context) && context.TraceFlags.HasFlag(ActivityTraceFlags.Recorded);
}
