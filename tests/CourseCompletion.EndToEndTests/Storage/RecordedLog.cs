using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.EndToEndTests.Storage;

/// <summary>Keeps what a store logs.</summary>
internal sealed class RecordedLog : ILoggerFactory, ILogger
{
    private readonly ConcurrentQueue<(EventId Id, string Text)> _entries = new();

    public string[] Of(int eventId) => [.. _entries.Where(entry => entry.Id.Id == eventId).Select(entry => entry.Text)];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _entries.Enqueue((eventId, formatter(state, exception)));

    public void Dispose()
    {
    }
}
