using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>Who left a course at one of its lessons and who went on, in strata of like activity.</summary>
/// <remarks>A stratum is how many of the 28 days up to the newest activity were active ones: 1, 2 or 3, 4 to 7, more.</remarks>
public sealed class LessonLeaving
{
    /// <summary>How many strata there are.</summary>
    public const int StratumCount = 4;

    /// <summary>Learners who left here, by stratum.</summary>
    public long[] Left { get; } = new long[StratumCount];

    /// <summary>Learners who went on from here, by stratum.</summary>
    public long[] Passed { get; } = new long[StratumCount];

    /// <summary>The sum of the completion probabilities of those who left, by stratum.</summary>
    public double[] LeftProbability { get; } = new double[StratumCount];

    /// <summary>The sum of the completion probabilities of those who went on, by stratum.</summary>
    public double[] PassedProbability { get; } = new double[StratumCount];

    /// <summary>Where in the video those who left stopped: the last hundredth that they watched.</summary>
    public int[] LeftAt { get; } = new int[LessonSums.PositionCount];

    /// <summary>The stratum of an activity mask whose bit 0 is the newest active day.</summary>
    public static int StratumOf(ulong activeMask) => (int)ulong.PopCount(activeMask & 0xFFF_FFFF) switch { <= 1 => 0, <= 3 => 1, <= 7 => 2, _ => 3 };

    internal void Merge(LessonLeaving other)
    {
        for (var i = 0; i < StratumCount; i++)
        {
            Left[i] += other.Left[i];
            Passed[i] += other.Passed[i];
            LeftProbability[i] += other.LeftProbability[i];
            PassedProbability[i] += other.PassedProbability[i];
        }

        for (var i = 0; i < LeftAt.Length; i++)
        {
            LeftAt[i] += other.LeftAt[i];
        }
    }

    internal void Write(PayloadWriter to)
    {
        for (var i = 0; i < StratumCount; i++)
        {
            to.Int(Left[i]);
            to.Int(Passed[i]);
            to.Double(LeftProbability[i]);
            to.Double(PassedProbability[i]);
        }

        foreach (var count in LeftAt)
        {
            to.Int(count);
        }
    }

    internal static LessonLeaving Read(ref PayloadReader from)
    {
        var leaving = new LessonLeaving();
        for (var i = 0; i < StratumCount; i++)
        {
            leaving.Left[i] = from.Int();
            leaving.Passed[i] = from.Int();
            leaving.LeftProbability[i] = from.Double();
            leaving.PassedProbability[i] = from.Double();
        }

        foreach (ref var count in leaving.LeftAt.AsSpan())
        {
            count = (int)from.Int();
        }

        return leaving;
    }
}
