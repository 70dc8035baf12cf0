using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.ClusterTests.Clusters;

/// <summary>Keeps what the engine's own code logs as a warning or worse, to say it when a test fails and to ask for what must not happen.</summary>
internal sealed class LogKeeper : ILoggerProvider
{
    private const int LinesMax = 2_000;

    private readonly ConcurrentQueue<(LogLevel Level, int Event, string Text)> _lines = new();

    /// <summary>The newest lines.</summary>
    public string Recent => string.Join(Environment.NewLine, _lines.TakeLast(15).Select(line => $"{line.Level} {line.Event}: {line.Text}"));

    /// <summary>How often an event was logged.</summary>
    public int CountOf(int eventId) => _lines.Count(line => line.Event == eventId);

    public ILogger CreateLogger(string categoryName) => new Log(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Log(LogKeeper keeper, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) =>
            logLevel >= (category.StartsWith("CourseCompletion", StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Error);

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
            {
                return;
            }

            keeper._lines.Enqueue((logLevel, eventId.Id, $"{formatter(state, exception)} {exception}"));
            while (keeper._lines.Count > LinesMax)
            {
                keeper._lines.TryDequeue(out _);
            }
        }
    }
}
