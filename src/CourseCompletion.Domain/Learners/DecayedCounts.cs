using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Domain.Learners;

/// <summary>Exponentially decayed counts of activity: one per family and half-life, all as of one instant.</summary>
/// <remarks>
/// A count is the sum of weight x 2^(-age / half-life). A late event is added with its own age, so the order of arrival changes no more than the last bits. A struct that
/// changes: its owner keeps it in a field and hands it out by reference; a copy is for reading only.
/// </remarks>
public struct DecayedCounts
{
    /// <summary>How many families are told apart.</summary>
    public const int FamilyCount = 6;

    /// <summary>How many half-lives each family is counted with.</summary>
    public const int HalfLifeCount = 5;

    private const double MsPerHour = 3_600_000;

    private CountPerFamilyAndHalfLife _counts;

    /// <summary>The half-lives in hours: 6 h, 1 d, 3 d, 7 d, 28 d.</summary>
    public static ReadOnlySpan<double> HalfLifeHours => [6, 24, 72, 168, 672];

    /// <summary>The instant of the counts: the newest event's time; 0 before the first.</summary>
    public long AsOfMs { get; set; }

    /// <summary>The counts, family by family, each with its half-lives in ascending order.</summary>
    [UnscopedRef]
    public Span<double> Counts => _counts;

    /// <summary>Counts an activity in its family and in <see cref="DecayFamily.Any"/>.</summary>
    public void Add(DecayFamily family, double weight, long occurredAtMs)
    {
        var counts = Counts;
        Span<double> factors = stackalloc double[HalfLifeCount];
        if (occurredAtMs >= AsOfMs)
        {
            if (AsOfMs != 0 && occurredAtMs != AsOfMs)
            {
                FactorsFor(occurredAtMs - AsOfMs, factors);
                for (var i = 0; i < counts.Length; i += HalfLifeCount)
                {
                    counts[i] *= factors[0];
                    counts[i + 1] *= factors[1];
                    counts[i + 2] *= factors[2];
                    counts[i + 3] *= factors[3];
                    counts[i + 4] *= factors[4];
                }
            }

            AsOfMs = occurredAtMs;
            factors.Fill(1);
        }
        else
        {
            FactorsFor(AsOfMs - occurredAtMs, factors);
        }

        var own = (int)family * HalfLifeCount;
        const int any = (int)DecayFamily.Any * HalfLifeCount;
        for (var i = 0; i < HalfLifeCount; i++)
        {
            var gain = weight * factors[i];
            counts[own + i] += gain;
            if (family != DecayFamily.Any)
            {
                counts[any + i] += gain;
            }
        }
    }

    /// <summary>The factors by which counts shrink over a time, one per half-life.</summary>
    public static void FactorsFor(long elapsedMs, Span<double> factors)
    {
        for (var i = 0; i < HalfLifeCount; i++)
        {
            factors[i] = PortableMath.Exp2(-elapsedMs / (HalfLifeHours[i] * MsPerHour));
        }
    }

    [InlineArray(FamilyCount * HalfLifeCount)]
    private struct CountPerFamilyAndHalfLife
    {
        private double _first;
    }
}

/// <summary>The families whose recent activity is counted. The numbers are stored and never reused.</summary>
public enum DecayFamily
{
    /// <summary>Videos.</summary>
    Video = 0,

    /// <summary>Problems, quizzes and assessments.</summary>
    Problem = 1,

    /// <summary>Comments, questions, answers, forums, live sessions.</summary>
    Discussion = 2,

    /// <summary>Pages, content and moving about.</summary>
    Navigation = 3,

    /// <summary>Likes, shares, bookmarks, ratings, check-ins.</summary>
    Social = 4,

    /// <summary>All of them together.</summary>
    Any = 5,
}
