using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Profiles;

/// <summary>Adds up which lengths and kinds of lessons a learner finishes.</summary>
internal sealed class ClipTally
{
    private const long MinuteMs = 60_000;
    private const int LengthCount = (int)ClipLength.OverTwelveMinutes;
    private const int KindCount = (int)LessonKind.Other + 1;

    private readonly int[] _opened = new int[LengthCount];
    private readonly int[] _finished = new int[LengthCount];
    private readonly int[] _kindOpened = new int[KindCount];
    private readonly int[] _kindCompleted = new int[KindCount];
    private readonly List<long> _lengths = [];

    /// <summary>The class of a video's length.</summary>
    public static ClipLength ClassOf(long lengthMs) => lengthMs switch
    {
        < 3 * MinuteMs => ClipLength.UnderThreeMinutes,
        < 6 * MinuteMs => ClipLength.ThreeToSixMinutes,
        <= 12 * MinuteMs => ClipLength.SixToTwelveMinutes,
        _ => ClipLength.OverTwelveMinutes,
    };

    /// <summary>Counts a course's lessons.</summary>
    public void Add(ReadOnlySpan<LearnerLesson> lessons)
    {
        foreach (ref readonly var lesson in lessons)
        {
            if (!lesson.IsOpened)
            {
                continue;
            }

            var kind = Math.Min((int)lesson.Definition.Kind, KindCount - 1);
            _kindOpened[kind]++;
            _kindCompleted[kind] += lesson.IsCompleted ? 1 : 0;
            if (lesson.IsWatched && lesson.Definition.LengthMs > 0)
            {
                Count(lesson.Definition.LengthMs, lesson.WatchedShare * 100 >= LearningProfilePolicy.FinishedPercent);
            }
        }
    }

    /// <summary>The median length of the videos that were finished, in milliseconds; null under the minimum.</summary>
    public long? MedianLengthMs()
    {
        if (_lengths.Count < LearningProfilePolicy.ClipsMin)
        {
            return null;
        }

        _lengths.Sort();
        return (_lengths[(_lengths.Count - 1) / 2] + _lengths[_lengths.Count / 2]) / 2;
    }

    /// <summary>What was counted, as far as it is enough.</summary>
    public ClipHabits ToHabits()
    {
        var lengths = new List<LengthShare>(LengthCount);
        for (var i = 0; i < LengthCount; i++)
        {
            if (_opened[i] >= LearningProfilePolicy.ClipsMin)
            {
                lengths.Add(new((ClipLength)(i + 1), _opened[i], _finished[i]));
            }
        }

        var formats = new List<FormatShare>(KindCount);
        for (var kind = 0; kind < KindCount; kind++)
        {
            if (_kindOpened[kind] >= LearningProfilePolicy.ClipsMin)
            {
                formats.Add(new((LessonKind)kind, _kindOpened[kind], _kindCompleted[kind]));
            }
        }

        // By share and, where that is equal, by how many there are: compared as fractions, so that nothing hangs on rounding.
        formats.Sort((one, other) => ((long)other.Completed * one.Opened).CompareTo((long)one.Completed * other.Opened) is var byShare and not 0
            ? byShare
            : other.Opened.CompareTo(one.Opened) is var byCount and not 0 ? byCount : one.Kind.CompareTo(other.Kind));
        return new(MedianLengthMs(), [.. lengths], [.. formats]);
    }

    private void Count(long lengthMs, bool isFinished)
    {
        var place = (int)ClassOf(lengthMs) - 1;
        _opened[place]++;
        if (isFinished)
        {
            _finished[place]++;
            _lengths.Add(lengthMs);
        }
    }
}
