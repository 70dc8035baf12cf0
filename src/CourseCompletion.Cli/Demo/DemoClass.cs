using CourseCompletion.Cli.Simulate;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Demo;

/// <summary>A simulated class cut at the present: its history, and after it the class living on.</summary>
internal sealed class DemoClass : IDisposable
{
    private readonly IEnumerator<Event> _events;
    private readonly DemoState _state;
    private readonly DateTime _now;
    private bool _hasEvent;

    /// <summary>Cuts a class.</summary>
    public DemoClass(DemoState state, DateTime now)
    {
        _state = state;
        _now = now;
        Class = state.ToClass();
        _events = Class.Live(state.CourseDays).GetEnumerator();
        _hasEvent = _events.MoveNext();
    }

    public SimulatedClass Class { get; }

    /// <summary>When learners were active, up to the last event that was taken.</summary>
    public DemoActivity Activity { get; } = new();

    /// <summary>What happened until now and was not sent by an earlier run.</summary>
    public IEnumerable<Event> History()
    {
        for (; _hasEvent && _events.Current.OccurredAt.ToDateTime() <= _now; _hasEvent = _events.MoveNext())
        {
            Activity.Take(_events.Current);
            if (_events.Current.OccurredAt.ToDateTime() >= _state.SentUntil)
            {
                yield return _events.Current;
            }
        }
    }

    /// <summary>What happens next, after <see cref="History"/>.</summary>
    public IEnumerable<Event> Live()
    {
        for (; _hasEvent; _hasEvent = _events.MoveNext())
        {
            Activity.Take(_events.Current);
            yield return _events.Current;
        }
    }

    public void Dispose() => _events.Dispose();
}
