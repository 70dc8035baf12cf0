namespace CourseCompletion.Domain.CheckIns;

/// <summary>The days of an enrolment as a plan judges them: which are check-in days, by themselves or by a make-up card, and which are bridged.</summary>
internal readonly ref struct JudgedDays
{
    private readonly ReadOnlySpan<CheckInDay> _days;
    private readonly CheckInPlan _plan;
    private readonly bool[] _madeUp;

    /// <summary>Judges the days and plays the cards.</summary>
    public JudgedDays(ReadOnlySpan<CheckInDay> days, CheckInPlan plan)
    {
        _days = days;
        _plan = plan;
        _madeUp = plan.DaysPerCard == 0 ? [] : new bool[days.Length];
        CardsLeft = PlayCards();
    }

    /// <summary>How many days are known.</summary>
    public int Count => _days.Length;

    /// <summary>The cards held in the end.</summary>
    public int CardsLeft { get; }

    /// <summary>The learner's day at an index.</summary>
    public int DayAt(int index) => _days[index].Day;

    /// <summary>Whether the day at an index is a check-in day.</summary>
    public bool Counts(int index) => (_madeUp.Length > 0 && _madeUp[index]) || _plan.Accepts(_days[index]);

    /// <summary>Whether a check-in after travelling bridges the day at an index.</summary>
    public bool IsBridged(int index) => _plan.TravelGrace && _days[index].BridgedByTravel;

    /// <summary>The index of the first known day that is not before the given one; <see cref="Count"/> without any.</summary>
    public int FirstFrom(int day)
    {
        var (from, to) = (0, Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _days[middle].Day < day ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    /// <summary>Whether a day is a check-in day.</summary>
    public bool CountsOn(int day) => FirstFrom(day) is var at && at < Count && _days[at].Day == day && Counts(at);

    /// <summary>Whether a day is bridged.</summary>
    public bool IsBridgedOn(int day) => FirstFrom(day) is var at && at < Count && _days[at].Day == day && IsBridged(at);

    // Cards are played in the order of the days on which they were used, those of one day by the days that they fill; a day's own check-in earns first.
    private int PlayCards()
    {
        if (_plan.DaysPerCard == 0)
        {
            return 0;
        }

        var uses = new List<(int UsedOn, int Index)>();
        for (var i = 0; i < Count; i++)
        {
            if (_days[i].MadeUpAfterDays > 0 && !_plan.Accepts(_days[i]))
            {
                uses.Add((_days[i].Day + _days[i].MadeUpAfterDays, i));
            }
        }

        uses.Sort();
        var (earned, held, next) = (0, 0, 0);
        foreach (var (usedOn, index) in uses)
        {
            Earn(usedOn, ref next, ref earned, ref held);
            if (held > 0)
            {
                held--;
                _madeUp[index] = true;
            }
        }

        Earn(int.MaxValue, ref next, ref earned, ref held);
        return held;
    }

    // What is earned beyond the most that may be held is lost.
    private void Earn(int untilDay, ref int next, ref int earned, ref int held)
    {
        for (; next < Count && _days[next].Day <= untilDay; next++)
        {
            if (_plan.Accepts(_days[next]) && ++earned % _plan.DaysPerCard == 0)
            {
                held = Math.Min(_plan.CardsMax, held + 1);
            }
        }
    }
}
