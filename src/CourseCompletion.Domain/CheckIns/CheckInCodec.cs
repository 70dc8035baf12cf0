using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.CheckIns;

/// <summary>The layout of an enrolment's check-ins inside a learner's snapshot, and what it takes.</summary>
/// <remarks>Whether there are any; then the number of days and each by the days since the one before, its marks and its watched milliseconds.</remarks>
internal static class CheckInCodec
{
    /// <summary>What every enrolment takes at most: whether there are check-ins, and a day that waits.</summary>
    public const int EmptyBytes = 11;

    /// <summary>What the first check-in adds beside its day: the number of days, and days that wait.</summary>
    public const int BookBytes = CheckInBook.WaitingDaysMax * DayBytes;

    /// <summary>What a kept day takes at most: three bytes since the day before, a mark and four of watched time.</summary>
    public const int DayBytes = 8;

    public static void Write(PayloadWriter to, in CheckInState state)
    {
        to.Bool(!state.IsEmpty);
        if (state.IsEmpty)
        {
            WriteDay(to, state.Waiting, 0);
            return;
        }

        to.UInt((uint)state.Days.Length);
        var before = 0;
        foreach (var day in state.Days)
        {
            WriteDay(to, day, before);
            before = day.Day;
        }
    }

    public static CheckInState Read(ref PayloadReader from)
    {
        if (!from.Bool())
        {
            var waiting = default(CheckInState);
            waiting.Put(ReadDay(ref from, 0));
            return waiting;
        }

        var days = new CheckInDay[from.Count()];
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = ReadDay(ref from, i == 0 ? 0 : days[i - 1].Day);
        }

        return CheckInState.Restore(days);
    }

    // Arguments are read in the order written, which is the order of the layout.
    private static CheckInDay ReadDay(ref PayloadReader from, int before) =>
        CheckInDay.Restore(day: before + (int)from.UInt(), marks: from.Byte(), uniqueMs: (long)from.UInt());

    private static void WriteDay(PayloadWriter to, CheckInDay day, int before)
    {
        to.UInt((uint)(day.Day - before));
        to.Byte(day.Marks);
        to.UInt((ulong)day.UniqueMs);
    }
}
