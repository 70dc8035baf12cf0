using CourseCompletion.Gateway.Errors;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Says why events were answered with RETRY: at most one line a second, however many learners are concerned.</summary>
internal sealed partial class IngestFaultLog(ILogger<IngestFaultLog> logger, TimeProvider time)
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
    private long _eventCount;
    private long _loggedAt;

    /// <summary>A learner's call failed.</summary>
    public void Report(Exception fault, int eventCount)
    {
        if (!IsDue(eventCount, out var unreported))
        {
            return;
        }

        // A silo or store that is gone needs no stack trace to be understood; a bug does.
        if (GatewayErrors.IsTransient(fault))
        {
            LogUnavailable(logger, fault.GetType().Name, unreported);
        }
        else
        {
            LogFailed(logger, fault, unreported);
        }
    }

    /// <summary>A learner's call did not end in time.</summary>
    public void ReportLate(int eventCount)
    {
        if (IsDue(eventCount, out var unreported))
        {
            LogLate(logger, unreported);
        }
    }

    private bool IsDue(int eventCount, out long unreported)
    {
        var sum = Interlocked.Add(ref _eventCount, eventCount);
        var now = time.GetTimestamp();
        var loggedAt = Volatile.Read(ref _loggedAt);
        var isDue = (loggedAt == 0 || time.GetElapsedTime(loggedAt, now) >= _interval)
            && Interlocked.CompareExchange(ref _loggedAt, now, loggedAt) == loggedAt;
        unreported = sum;
        if (isDue)
        {
            Interlocked.Add(ref _eventCount, -sum);
        }

        return isDue;
    }

    [LoggerMessage(EventId = 3001, Level = LogLevel.Warning, Message = "Learners' grains failed; {EventCount} events since the last such line were answered with RETRY")]
    private static partial void LogFailed(ILogger logger, Exception fault, long eventCount);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "Learners' grains could not be reached ({Fault}); {EventCount} events since the last such line were answered with RETRY")]
    private static partial void LogUnavailable(ILogger logger, string fault, long eventCount);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Learners' grains did not answer in time; {EventCount} events since the last such line were answered with RETRY")]
    private static partial void LogLate(ILogger logger, long eventCount);
}
