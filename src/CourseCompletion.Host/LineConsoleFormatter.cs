using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace CourseCompletion.Host;

/// <summary>One line an entry, with the trace that it belongs to if that is sampled. A warning's exception is told by its messages, an error's with its stack.</summary>
internal sealed class LineConsoleFormatter(TimeProvider time) : ConsoleFormatter(FormatName)
{
    public const string FormatName = "line";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        textWriter.Write(time.GetLocalNow().ToString("HH:mm:ss.fff "));
        textWriter.Write(NameOf(logEntry.LogLevel));
        textWriter.Write(logEntry.Category.AsSpan(logEntry.Category.LastIndexOf('.') + 1));
        textWriter.Write('[');
        textWriter.Write(logEntry.EventId.Id);
        textWriter.Write("] ");
        textWriter.Write(logEntry.Formatter(logEntry.State, logEntry.Exception).ReplaceLineEndings(" "));
        if (logEntry.Exception is not null && logEntry.LogLevel < LogLevel.Error)
        {
            for (var cause = logEntry.Exception; cause is not null; cause = cause.InnerException)
            {
                textWriter.Write($" <- {cause.GetType().Name}: {cause.Message.ReplaceLineEndings(" ")}");
            }
        }

        if (Activity.Current is { Recorded: true } span)
        {
            textWriter.Write($" trace={span.TraceId}");
        }

        textWriter.WriteLine();
        if (logEntry.Exception is not null && logEntry.LogLevel >= LogLevel.Error)
        {
            textWriter.WriteLine(logEntry.Exception);
        }
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce ",
        LogLevel.Debug => "dbug ",
        LogLevel.Information => "info ",
        LogLevel.Warning => "warn ",
        LogLevel.Error => "fail ",
        _ => "crit ",
    };
}
