using CourseCompletion.Cli.Simulate;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Demo;

/// <summary>A simulated class cut at the present: its history, and after it the class living on, faster than real time.</summary>
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

    /// <summary>What happened until now and was not sent by an earlier run.</summary>
    public IEnumerable<Event> History()
    {
        for (; _hasEvent && _events.Current.OccurredAt.ToDateTime() <= _now; _hasEvent = _events.MoveNext())
        {
            if (_events.Current.OccurredAt.ToDateTime() >= _state.SentUntil)
            {
                yield return _events.Current;
            }
        }
    }

    /// <summary>What happens next, after <see cref="History"/>: stamped with the time at which it is due when time passes faster.</summary>
    /// <param name="liveFrom">When the living on begins.</param>
    /// <param name="speed">How many times as fast.</param>
    public IEnumerable<Event> Live(DateTime liveFrom, int speed)
    {
        for (; _hasEvent; _hasEvent = _events.MoveNext())
        {
            var e = _events.Current;
            e.OccurredAt = Timestamp.FromDateTime(liveFrom + ((e.OccurredAt.ToDateTime() - _now) / speed));

            // A later run tells these days again as history, at their real time: those are other events.
            e.EventId += $"-live{_state.Runs}";
            yield return e;
        }
    }

    public void Dispose() => _events.Dispose();
}
