using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>Where in a lesson's video one learner watched again, paused and went back to: what shows that a place was hard to follow.</summary>
/// <remarks>Features of the course's insight, not facts: they are bounded by sampling and joining. What they take counts towards the learner's state.</remarks>
public sealed class LessonTraces
{
    /// <summary>How many separate pieces watched again are kept; beyond, the closest two become one.</summary>
    public const int RewatchedMax = 32;

    /// <summary>Pieces shorter than this are the overlap of two heartbeats and no second look, in milliseconds.</summary>
    public const long RewatchedMsMin = 1000;

    internal const int EmptyBytes = 8;
    internal const int RewatchedBytes = 8;

    private Coverage _rewatched;
    private PositionSample _pauses;
    private PositionSample _returns;

    /// <summary>What was watched at least twice.</summary>
    public ref Coverage Rewatched => ref _rewatched;

    /// <summary>Where the video was paused.</summary>
    public ref PositionSample Pauses => ref _pauses;

    /// <summary>Where jumps back went to.</summary>
    public ref PositionSample Returns => ref _returns;

    /// <summary>About how many bytes they take in a snapshot, at most.</summary>
    public int Bytes => EmptyBytes + (_rewatched.IntervalCount * RewatchedBytes) + ((_pauses.Count + _returns.Count) * PositionSample.PositionBytes);

    /// <summary>By hundredths of a video of this length; null when there is nothing within it.</summary>
    public LessonMarks? MarksOf(long lengthMs)
    {
        var marks = new LessonMarks(_rewatched.Hundredths(lengthMs), _pauses.Hundredths(lengthMs), _returns.Hundredths(lengthMs));
        return marks == LessonMarks.None ? null : marks;
    }

    /// <summary>Whether an event leaves a trace in a lesson that the learner has watched this far.</summary>
    internal static bool IsLeftBy(LearnerEvent e, in Coverage watched) => e.Kind switch
    {
        EventKind.VideoPaused => e.PositionMs is not null,
        EventKind.VideoSeeked => e.ToMs < e.FromMs,
        EventKind.VideoWatched => watched.Overlaps(e.FromMs, e.ToMs, RewatchedMsMin),
        _ => false,
    };

    /// <summary>By how many bytes an event would grow the snapshot, or shrink it.</summary>
    internal static int BytesAdded(LessonTraces? traces, LearnerEvent e, in Coverage watched)
    {
        if (!IsLeftBy(e, watched))
        {
            return 0;
        }

        // On a copy, because pieces may join.
        var after = traces?.Copy() ?? new();
        after.Fold(e, watched);
        return after.Bytes - (traces?.Bytes ?? 0);
    }

    /// <summary>Takes in an event that leaves a trace (<see cref="IsLeftBy"/>).</summary>
    /// <param name="e">The event.</param>
    /// <param name="watched">What was watched before it.</param>
    internal void Fold(LearnerEvent e, in Coverage watched)
    {
        switch (e.Kind)
        {
            case EventKind.VideoPaused:
                _pauses.Add(e.PositionMs!.Value);
                break;
            case EventKind.VideoSeeked:
                _returns.Add(e.ToMs);
                break;
            default:
                watched.IntersectInto(ref _rewatched, e.FromMs, e.ToMs, RewatchedMsMin);
                while (_rewatched.IntervalCount > RewatchedMax)
                {
                    _rewatched.JoinClosest();
                }

                break;
        }
    }

    internal void Write(PayloadWriter to)
    {
        _rewatched.Write(to);
        _pauses.Write(to);
        _returns.Write(to);
    }

    internal static LessonTraces Read(ref PayloadReader from)
    {
        var traces = new LessonTraces { _rewatched = Coverage.Read(ref from) };
        traces._pauses = PositionSample.Read(ref from);
        traces._returns = PositionSample.Read(ref from);
        return traces;
    }

    private LessonTraces Copy() => new() { _rewatched = _rewatched.Copy(), _pauses = _pauses.Copy(), _returns = _returns.Copy() };
}
