namespace CourseCompletion.Domain.CheckIns;

/// <summary>What happened in one enrolment on one of the learner's days, in eight bytes.</summary>
/// <remarks>Days reach to the year 9999 (24 bits), watched time to 74 hours (28 bits, in milliseconds; a day lived twice has 50).</remarks>
public readonly record struct CheckInDay
{
    private const int WatchedBits = 28;
    private const int DayBits = 24;
    private const int CheckedInBit = WatchedBits + DayBits;
    private const int QuizPassedBit = CheckedInBit + 1;
    private const int BridgedBit = QuizPassedBit + 1;
    private const int MadeUpShift = BridgedBit + 1;
    private const ulong WatchedMask = (1UL << WatchedBits) - 1;
    private const ulong DayMask = (1UL << DayBits) - 1;

    private readonly ulong _bits;

    /// <summary>A day of which nothing is known yet.</summary>
    public CheckInDay(int day) => _bits = (ulong)day << WatchedBits;

    private CheckInDay(ulong bits) => _bits = bits;

    /// <summary>The learner's day, days since 1970-01-01.</summary>
    public int Day => (int)(_bits >> WatchedBits & DayMask);

    /// <summary>Milliseconds of video watched for the first time on this day.</summary>
    public long UniqueMs => (long)(_bits & WatchedMask);

    /// <summary>Whether the learner checked in.</summary>
    public bool CheckedIn => HasBit(CheckedInBit);

    /// <summary>Whether an assessment was handed in with at least half of its highest score.</summary>
    public bool QuizPassed => HasBit(QuizPassedBit);

    /// <summary>Whether a check-in shortly after a change of zone bridges this day, which it was in the zone left.</summary>
    public bool BridgedByTravel => HasBit(BridgedBit);

    /// <summary>How many days later a make-up card was played for this day, 1 to 7; 0 without one. Of several the earliest.</summary>
    public int MadeUpAfterDays => (int)(_bits >> MadeUpShift & 7);

    /// <summary>Whether there is more than figures that await a check-in.</summary>
    public bool IsKept => CheckedIn || BridgedByTravel || MadeUpAfterDays != 0;

    /// <summary>The facts that do not depend on the order of arrival, as bits to store and to hash: checked in 1, bridged 4, made up from 8.</summary>
    internal byte Facts => (byte)((Marks & 1) | (Marks & ~3));

    /// <summary>All but day and watched time, as bits to store: as <see cref="Facts"/>, and passed quiz 2.</summary>
    internal byte Marks => (byte)(_bits >> CheckedInBit);

    /// <summary>Rebuilds a stored day.</summary>
    internal static CheckInDay Restore(int day, long uniqueMs, byte marks) =>
        new(((ulong)marks << CheckedInBit) | ((ulong)day << WatchedBits) | ((ulong)uniqueMs & WatchedMask));

    /// <summary>The same day with more watched.</summary>
    internal CheckInDay Watch(long uniqueMs) => new((_bits & ~WatchedMask) | Math.Min(WatchedMask, (ulong)(UniqueMs + uniqueMs)));

    /// <summary>The same day, checked in.</summary>
    internal CheckInDay CheckIn() => new(_bits | 1UL << CheckedInBit);

    /// <summary>The same day with a passed quiz.</summary>
    internal CheckInDay PassQuiz() => new(_bits | 1UL << QuizPassedBit);

    /// <summary>The same day, bridged by travel.</summary>
    internal CheckInDay Bridge() => new(_bits | 1UL << BridgedBit);

    /// <summary>The same day, a card played for it some days later.</summary>
    internal CheckInDay MakeUp(int daysLater)
    {
        var earliest = MadeUpAfterDays == 0 ? daysLater : Math.Min(MadeUpAfterDays, daysLater);
        return new((_bits & ~(7UL << MadeUpShift)) | (ulong)earliest << MadeUpShift);
    }

    private bool HasBit(int bit) => (_bits >> bit & 1) != 0;
}
