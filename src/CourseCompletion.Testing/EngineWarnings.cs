using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Testing;

/// <summary>Keeps what campaigns and learners warn of: a run in which they had to is not what it seems.</summary>
internal sealed class EngineWarnings : ILoggerProvider
{
    private const string Watched = "CourseCompletion.Grains";

    private readonly ConcurrentQueue<string> _kept = new();

    /// <summary>Ends the run if there was a warning.</summary>
    /// <exception cref="InvalidOperationException">There was.</exception>
    public void ThrowIfAny()
    {
        if (!_kept.IsEmpty)
        {
            throw new InvalidOperationException("The engine warned: " + string.Join(Environment.NewLine, _kept));
        }
    }

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName.StartsWith(Watched, StringComparison.Ordinal));

    public void Dispose()
    {
    }

    private sealed class Category(EngineWarnings warnings, bool isWatched) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => isWatched && logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                warnings._kept.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }
    }
}
