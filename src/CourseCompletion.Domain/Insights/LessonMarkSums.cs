using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Insights;

/// <summary>How many learners watched each hundredth of a lesson's video again, paused there and went back there. 1.2 KB.</summary>
public sealed class LessonMarkSums
{
    /// <summary>Learners who watched each hundredth again.</summary>
    public int[] Rewatched { get; } = new int[LessonSums.PositionCount];

    /// <summary>Learners who paused in each hundredth.</summary>
    public int[] Paused { get; } = new int[LessonSums.PositionCount];

    /// <summary>Learners who went back to each hundredth.</summary>
    public int[] Returned { get; } = new int[LessonSums.PositionCount];

    /// <summary>How many learners' marks are in the sums.</summary>
    public int Learners { get; private set; }

    internal void Add(LessonMarks marks, int times)
    {
        Learners += times;
        Add(Rewatched, marks.Rewatched, times);
        Add(Paused, marks.Paused, times);
        Add(Returned, marks.Returned, times);
    }

    internal void Merge(LessonMarkSums other)
    {
        Learners += other.Learners;
        for (var i = 0; i < LessonSums.PositionCount; i++)
        {
            Rewatched[i] += other.Rewatched[i];
            Paused[i] += other.Paused[i];
            Returned[i] += other.Returned[i];
        }
    }

    internal void Write(PayloadWriter to)
    {
        to.Int(Learners);
        for (var i = 0; i < LessonSums.PositionCount; i++)
        {
            to.Int(Rewatched[i]);
            to.Int(Paused[i]);
            to.Int(Returned[i]);
        }
    }

    internal static LessonMarkSums Read(ref PayloadReader from)
    {
        var sums = new LessonMarkSums { Learners = (int)from.Int() };
        for (var i = 0; i < LessonSums.PositionCount; i++)
        {
            sums.Rewatched[i] = (int)from.Int();
            sums.Paused[i] = (int)from.Int();
            sums.Returned[i] = (int)from.Int();
        }

        return sums;
    }

    private static void Add(int[] sums, UInt128 mask, int times)
    {
        for (var rest = mask; rest != 0; rest &= rest - 1)
        {
            sums[(int)UInt128.TrailingZeroCount(rest)] += times;
        }
    }
}
