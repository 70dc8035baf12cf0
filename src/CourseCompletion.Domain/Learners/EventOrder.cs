namespace CourseCompletion.Domain.Learners;

/// <summary>The order by which the last writer of a register is found: time of occurrence, then identity.</summary>
/// <remarks>A total order that does not depend on arrival. The identity's hash stands for (source, event id): see docs/decisions.</remarks>
public readonly record struct EventOrder(long OccurredAtMs, UInt128 Identity) : IComparable<EventOrder>
{
    /// <inheritdoc/>
    public int CompareTo(EventOrder other)
    {
        var byTime = OccurredAtMs.CompareTo(other.OccurredAtMs);
        return byTime != 0 ? byTime : Identity.CompareTo(other.Identity);
    }

    /// <summary>Whether the left one comes later.</summary>
    public static bool operator >(EventOrder left, EventOrder right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes earlier.</summary>
    public static bool operator <(EventOrder left, EventOrder right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one does not come earlier.</summary>
    public static bool operator >=(EventOrder left, EventOrder right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the left one does not come later.</summary>
    public static bool operator <=(EventOrder left, EventOrder right) => left.CompareTo(right) <= 0;
}
