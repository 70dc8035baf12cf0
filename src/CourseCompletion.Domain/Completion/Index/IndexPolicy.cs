namespace CourseCompletion.Domain.Completion.Index;

/// <summary>The numbers of the completion index.</summary>
public static class IndexPolicy
{
    /// <summary>Over how many UTC days R, I and P are counted, today included.</summary>
    public const int WindowDays = 28;

    /// <summary>After how many days what was learned counts half.</summary>
    public const double HalfLifeDays = 28;

    /// <summary>After how many days a learner of a course without an end has either completed or not.</summary>
    public const int SelfPacedDays = 180;

    /// <summary>How many days after its end a course's outcomes are taken to be known: late hand-ins and late events.</summary>
    public const int GraceDays = 14;

    /// <summary>How many courses of a tenant are kept apart at most; with more, what the least known one taught is kept and its own level is forgotten.</summary>
    public const int CoursesMax = 1_024;

    /// <summary>A term whose posterior is not narrower than this share of its prior is not identified.</summary>
    public const double NarrowerThan = 0.9;

    /// <summary>A term whose values vary less than this (their variance) is not identified.</summary>
    public const double VariationMin = 1e-3;

    private const double MsPerDay = 86_400_000;

    /// <summary>By how much what was learned shrinks over a time.</summary>
    public static double Remembered(long elapsedMs) => elapsedMs <= 0 ? 1 : Math.Pow(2, -elapsedMs / (HalfLifeDays * MsPerDay));
}
