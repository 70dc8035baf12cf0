namespace CourseCompletion.Grains.Learners;

/// <summary>What waits for a learner's next append, in the order in which it came: a list through <see cref="WaitingInput.Next"/>, which is nothing while nothing waits.</summary>
internal struct WaitingInputs
{
    private WaitingInput? _first;
    private WaitingInput? _last;
    private int _room;

    /// <summary>Adds an input unless there is no room. What comes first always has it, however large: else a legal batch could never be recorded while others keep coming.</summary>
    public bool TryAdd(WaitingInput input, int roomMax)
    {
        if (_first is not null && _room + input.Room > roomMax)
        {
            return false;
        }

        _room += input.Room;
        if (_last is null)
        {
            _first = input;
        }
        else
        {
            _last.Next = input;
        }

        _last = input;
        return true;
    }

    /// <summary>The trace that goes on with what the inputs bring about: that of the first which has one; null when none has.</summary>
    public static string? TraceOf(WaitingInput inputs)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Trace is { } trace)
            {
                return trace;
            }
        }

        return null;
    }

    /// <summary>
    /// Everything that waits, linked; null when nothing does. A watermark reset goes alone: replay folds a frame's events before its one reset.
    /// </summary>
    public WaitingInput? TakeNext()
    {
        if (_first is not { } first)
        {
            return null;
        }

        var last = first;
        _room -= first.Room;
        while (first.Watermark is null && last.Next is { Watermark: null } next)
        {
            last = next;
            _room -= next.Room;
        }

        _first = last.Next;
        _last = _first is null ? null : _last;
        last.Next = null;
        return first;
    }
}
