using System.Diagnostics;
using System.Globalization;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Writes down what clients did and heard, one line each, so that a checker can tell afterwards whether the server kept its word.</summary>
/// <remarks>
/// Fields are separated by tabs; the first is the milliseconds since the history began:
/// <code>
/// MS  invoke   LEARNER  EVENT  COURSE  LESSON  OCCURRED-MS  BODY   an event is given to the client; BODY is watched:FROM:TO, commented or liked
/// MS  ok       LEARNER  EVENT                                      the server says that it is durable (ACCEPTED or DUPLICATE)
/// MS  fail     LEARNER  EVENT  REASON                              the server says that it never will be (REJECTED)
/// MS  unknown  LEARNER  EVENT                                      nobody said; it may be durable or not
/// MS  saw      WATCHER  LEARNER  TOKEN  COUNT                      a subscription showed a version of the learner with so many events
/// MS  fault    TEXT                                                what was done to the server
/// </code>
/// </remarks>
internal sealed class History : IDisposable
{
    private readonly StreamWriter _file;
    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Begins a history.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    public History(string path)
    {
        Path = path;
        _file = new(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 256 * 1024));
    }

    public string Path { get; }

    /// <summary>The time since the history began.</summary>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <summary>Notes that an event is given to a client.</summary>
    /// <param name="at">When it was due, so that waiting for a client that takes nothing counts as waiting.</param>
    /// <param name="e">The event.</param>
    public void Invoked(TimeSpan at, Event e) => Write(at, HistoryEntry.Invoke, e.LearnerId, e.EventId, e.CourseId, e.LessonId, Ms(e.OccurredAt.ToDateTimeOffset()), HistoryEntry.BodyOf(e));

    /// <summary>Notes what became of an event.</summary>
    public void Ended(Event e, EventResult result)
    {
        switch (result.Status)
        {
            case EventStatus.Accepted or EventStatus.Duplicate:
                Write(Now, HistoryEntry.Ok, e.LearnerId, e.EventId);
                break;
            case EventStatus.Rejected:
                Write(Now, HistoryEntry.Fail, e.LearnerId, e.EventId, $"{result.Reason} {result.Field}");
                break;
            default:
                Write(Now, HistoryEntry.Unknown, e.LearnerId, e.EventId);
                break;
        }
    }

    /// <summary>Notes what a subscription showed.</summary>
    public void Saw(string watcher, Learner learner, string token) =>
        Write(Now, HistoryEntry.Saw, watcher, learner.LearnerId, token, learner.EventCount.ToString(CultureInfo.InvariantCulture));

    /// <summary>Notes what was done to the server.</summary>
    public void Fault(string what) => Write(Now, HistoryEntry.Fault, what);

    public void Dispose()
    {
        lock (_file)
            _file.Dispose();
    }

    private void Write(TimeSpan at, params ReadOnlySpan<string> fields)
    {
        lock (_file)
        {
            _file.Write(((long)at.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
            foreach (var field in fields)
            {
                _file.Write('\t');
                _file.Write(field);
            }

            _file.WriteLine();
        }
    }

    private static string Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
