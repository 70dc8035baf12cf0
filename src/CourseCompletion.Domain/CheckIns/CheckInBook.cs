using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>The days of an enrolment that has check-ins, oldest first.</summary>
/// <remarks>Days with figures only, which wait for a check-in, are the newest <see cref="WaitingDaysMax"/> of their kind; the others are the newest <see cref="CheckInState.DaysMax"/>.</remarks>
internal sealed class CheckInBook
{
    /// <summary>How many days without a check-in keep their figures, so that a check-in may come after its proof.</summary>
    public const int WaitingDaysMax = 4;

    private CompactList<CheckInDay> _days;

    /// <summary>How many days are kept for good.</summary>
    public int KeptCount { get; private set; }

    /// <summary>All days, oldest first.</summary>
    public ReadOnlySpan<CheckInDay> Days => _days.AsSpan();

    /// <summary>What is known of a day; an empty one when nothing is.</summary>
    public CheckInDay this[int day] => IndexOf(day) is var at and >= 0 ? _days[at] : new(day);

    /// <summary>Puts a day in the place of what was known of it.</summary>
    public void Put(CheckInDay day)
    {
        var at = IndexOf(day.Day);
        if (at >= 0)
        {
            KeptCount -= _days[at].IsKept ? 1 : 0;
            _days.RemoveAt(at);
        }
        else
        {
            at = ~at;
        }

        _days.Insert(at, day);
        KeptCount += day.IsKept ? 1 : 0;
        if (KeptCount > CheckInState.DaysMax)
        {
            RemoveOldest(kept: true);
            KeptCount--;
        }
        else if (_days.Count - KeptCount > WaitingDaysMax)
        {
            RemoveOldest(kept: false);
        }
    }

    // The place of a day, or the complement of the place where it belongs. From the end: nearly every event is of the newest day.
    private int IndexOf(int day)
    {
        var days = _days.AsSpan();
        var at = days.Length - 1;
        while (at >= 0 && days[at].Day > day)
        {
            at--;
        }

        return at >= 0 && days[at].Day == day ? at : ~(at + 1);
    }

    private void RemoveOldest(bool kept)
    {
        var at = 0;
        while (_days[at].IsKept != kept)
        {
            at++;
        }

        _days.RemoveAt(at);
    }
}
