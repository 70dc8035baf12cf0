namespace CourseCompletion.Domain.CheckIns;

/// <summary>The check-ins of one enrolment by the learner's own days, with what may prove them.</summary>
/// <remarks>
/// Two words without a check-in: then only the newest day's figures are held. A struct that changes: its owner keeps it in a field and hands it out by reference; a copy
/// is for reading only. Which days are checked in, bridged or made up is a fact; watched time and passed quizzes follow the order of arrival, for a later repeat adds
/// nothing and the figures of older days without a check-in are let go of.
/// </remarks>
public struct CheckInState
{
    /// <summary>How many days with a check-in, a bridge or a card are kept, the newest ones: 400, thirteen months of daily check-ins.</summary>
    public const int DaysMax = 400;

    private CheckInBook? _book;
    private CheckInDay _newest;

    /// <summary>All days known, oldest first; those that are not kept only have figures. Empty before the first check-in.</summary>
    public readonly ReadOnlySpan<CheckInDay> Days => _book is null ? [] : _book.Days;

    /// <summary>How many days are kept for good.</summary>
    public readonly int KeptCount => _book?.KeptCount ?? 0;

    /// <summary>Whether there was never a check-in, bridge or card.</summary>
    public readonly bool IsEmpty => _book is null;

    /// <summary>The newest day's figures while there is no check-in.</summary>
    internal readonly CheckInDay Waiting => _newest;

    /// <summary>What is known of a day; an empty one when nothing is.</summary>
    public readonly CheckInDay DayAt(int day) => _book is not null ? _book[day] : _newest.Day == day ? _newest : new(day);

    /// <summary>Rebuilds the stored days of an enrolment that has check-ins.</summary>
    internal static CheckInState Restore(ReadOnlySpan<CheckInDay> days)
    {
        var state = new CheckInState { _book = new() };
        foreach (var day in days)
        {
            state._book.Put(day);
        }

        return state;
    }

    /// <summary>How many days would be kept more if two days (maybe the same) were.</summary>
    internal readonly int KeptMoreWith(int day, int otherDay)
    {
        var more = (DayAt(day).IsKept ? 0 : 1) + (otherDay == day || DayAt(otherDay).IsKept ? 0 : 1);
        return Math.Min(more, DaysMax - KeptCount);
    }

    /// <summary>Puts a day in the place of what was known of it.</summary>
    internal void Put(CheckInDay day)
    {
        if (_book is null && !day.IsKept)
        {
            // Late figures of an earlier day are lost here: no check-in ever asked for them.
            _newest = day.Day >= _newest.Day ? day : _newest;
            return;
        }

        if (_book is null)
        {
            _book = new();
            if (_newest != default)
            {
                _book.Put(_newest);
            }

            _newest = default;
        }

        _book.Put(day);
    }
}
