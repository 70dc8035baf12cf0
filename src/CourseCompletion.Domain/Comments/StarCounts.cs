using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments;

/// <summary>Learners by the stars of their newest rating of one thing.</summary>
public struct StarCounts
{
    /// <summary>The most stars.</summary>
    public const int StarsMax = 5;

    private CountPerStar _stars;

    /// <summary>How many learners.</summary>
    public long Learners { get; private set; }

    /// <summary>The sum of their ratings in thousandths of a star.</summary>
    public long MilliSum { get; private set; }

    /// <summary>The mean, 1 to 5; 0 without ratings.</summary>
    public readonly double Mean => Learners == 0 ? 0 : MilliSum / 1000.0 / Learners;

    /// <summary>Learners who gave so many stars, 1 to 5; a fraction counts with the nearest whole number, a half with the one above.</summary>
    public readonly long this[int stars] => _stars[stars - 1];

    internal readonly StarCounts With(int milli, int times)
    {
        var sum = this;
        sum.Learners += times;
        sum.MilliSum += times * (long)milli;
        sum._stars[Math.Clamp((milli + 500) / 1000, 1, StarsMax) - 1] += times;
        return sum;
    }

    internal readonly StarCounts Plus(in StarCounts other, int times)
    {
        var sum = this;
        sum.Learners += times * other.Learners;
        sum.MilliSum += times * other.MilliSum;
        for (var star = 0; star < StarsMax; star++)
        {
            sum._stars[star] += times * other._stars[star];
        }

        return sum;
    }

    internal readonly void Write(PayloadWriter to)
    {
        to.Int(MilliSum);
        foreach (var count in _stars)
        {
            to.Int(count);
        }
    }

    internal static StarCounts Read(ref PayloadReader from)
    {
        var sum = new StarCounts { MilliSum = from.Int() };
        for (var star = 0; star < StarsMax; star++)
        {
            sum._stars[star] = from.Int();
            sum.Learners += sum._stars[star];
        }

        return sum;
    }

    [InlineArray(StarsMax)]
    private struct CountPerStar
    {
        private long _first;
    }
}
