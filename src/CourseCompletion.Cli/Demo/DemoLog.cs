using Microsoft.Extensions.Logging;

namespace CourseCompletion.Cli.Demo;

/// <summary>Writes the server's log to a file, so that it does not run into the live table.</summary>
internal sealed class DemoLog(string path) : ILoggerProvider
{
    private readonly Lock _lock = new();
    private readonly StreamWriter _file = new(path, append: true) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose() => _file.Dispose();

    private void Write(LogLevel level, string category, string message)
    {
        lock (_lock)
        {
            _file.WriteLine($"{TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm:ss.fff}Z {level} {category}: {message}");
        }
    }

    private sealed class Category(DemoLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Write(logLevel, name, exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
    }
}
