namespace CourseCompletion.Domain.CheckIns;

/// <summary>The days of an enrolment that has check-ins, oldest first.</summary>
/// <remarks>
/// Days with figures only, which wait for a check-in, are the newest <see cref="WaitingDaysMax"/> of their kind; the others are the newest
/// <see cref="CheckInState.DaysMax"/>. An array of its own, because nearly every event replaces the newest day.
/// </remarks>
internal sealed class CheckInBook
{
    /// <summary>How many days without a check-in keep their figures, so that a check-in may come after its proof.</summary>
    public const int WaitingDaysMax = 4;

    private CheckInDay[] _days = new CheckInDay[4];
    private int _count;

    /// <summary>How many days are kept for good.</summary>
    public int KeptCount { get; private set; }

    /// <summary>All days, oldest first.</summary>
    public ReadOnlySpan<CheckInDay> Days => _days.AsSpan(0, _count);

    /// <summary>What is known of a day; an empty one when nothing is.</summary>
    public CheckInDay this[int day] => IndexOf(day) is var at and >= 0 ? _days[at] : new(day);

    /// <summary>Puts a day in the place of what was known of it.</summary>
    public void Put(CheckInDay day)
    {
        var at = IndexOf(day.Day);
        if (at >= 0)
        {
            // A kept day stays kept, so only a waiting one may change sides.
            KeptCount += day.IsKept && !_days[at].IsKept ? 1 : 0;
            _days[at] = day;
        }
        else
        {
            Insert(~at, day);
            KeptCount += day.IsKept ? 1 : 0;
        }

        if (KeptCount > CheckInState.DaysMax)
        {
            RemoveOldest(kept: true);
            KeptCount--;
        }
        else if (_count - KeptCount > WaitingDaysMax)
        {
            RemoveOldest(kept: false);
        }
    }

    // The place of a day, or the complement of the place where it belongs. From the end: nearly every event is of the newest day.
    private int IndexOf(int day)
    {
        var at = _count - 1;
        while (at >= 0 && _days[at].Day > day)
        {
            at--;
        }

        return at >= 0 && _days[at].Day == day ? at : ~(at + 1);
    }

    private void Insert(int at, CheckInDay day)
    {
        if (_count == _days.Length)
        {
            Array.Resize(ref _days, Math.Min(_count * 2, CheckInState.DaysMax + WaitingDaysMax + 1));
        }

        Array.Copy(_days, at, _days, at + 1, _count - at);
        _days[at] = day;
        _count++;
    }

    private void RemoveOldest(bool kept)
    {
        var at = 0;
        while (_days[at].IsKept != kept)
        {
            at++;
        }

        _count--;
        Array.Copy(_days, at + 1, _days, at, _count - at);
    }
}
