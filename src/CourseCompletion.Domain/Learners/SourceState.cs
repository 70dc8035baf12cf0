namespace CourseCompletion.Domain.Learners;

/// <summary>What is remembered of one producer of a learner's events: how new its newest is, and which days' identities are kept.</summary>
public sealed class SourceState(string name)
{
    private CompactList<DedupeDay> _days;

    /// <summary>The producer.</summary>
    public string Name { get; } = name;

    /// <summary>The newest <c>occurred_at</c> (as produced) accepted from it.</summary>
    public long NewestAtMs { get; set; }

    /// <summary>The first day still remembered: events before it are <see cref="RejectionReason.TooLate"/>.</summary>
    public int FloorDay { get; set; }

    /// <summary>The remembered days with how many identities each has, ascending by day.</summary>
    public ref CompactList<DedupeDay> Days => ref _days;

    /// <summary>The day's entry, or null.</summary>
    public DedupeDay? FindDay(int day)
    {
        for (var i = _days.Count - 1; i >= 0; i--)
        {
            if (_days[i].Day == day)
            {
                return _days[i];
            }
        }

        return null;
    }
}
