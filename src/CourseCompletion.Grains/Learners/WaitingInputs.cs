namespace CourseCompletion.Grains.Learners;

/// <summary>What waits for a learner's next append, in the order in which it came.</summary>
internal sealed class WaitingInputs
{
    private readonly List<WaitingInput> _inputs = [];
    private int _room;

    public int Count => _inputs.Count;

    /// <summary>Whether there is room for one more. What comes first always has it, however large: else a legal batch could never be recorded while others keep coming.</summary>
    public bool HasRoomFor(WaitingInput input, int roomMax) => _inputs.Count == 0 || _room + input.Room <= roomMax;

    public void Add(WaitingInput input)
    {
        _inputs.Add(input);
        _room += input.Room;
    }

    /// <summary>Everything that waits, up to a watermark reset, which goes alone: replay folds a frame's events before its one reset.</summary>
    public WaitingInput[] TakeNext()
    {
        var reset = _inputs.FindIndex(input => input.Watermark is not null);
        WaitingInput[] taken = [.. _inputs.Take(reset < 0 ? _inputs.Count : Math.Max(1, reset))];
        _inputs.RemoveRange(0, taken.Length);
        foreach (var input in taken)
        {
            _room -= input.Room;
        }

        return taken;
    }
}
