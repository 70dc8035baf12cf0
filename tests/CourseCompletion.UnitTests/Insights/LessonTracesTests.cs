using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Insights;

public class LessonTracesTests
{
    private const int Seconds = 400;

    private static readonly Gen<LearnerEvent[]> _watching = Gen.Int[0, Seconds - 1]
        .Select(Gen.Int[1, 60], (from, length) => Watched("a", from * 1000, Math.Min(Seconds, from + length) * 1000))
        .Array[1, 20]
        .Select(LearnerEventGen.Identified);

    [Fact]
    public void Fold_AnyIntervals_RewatchedIsWhatWasWatchedTwice() => _watching.Sample(events =>
    {
        var times = new int[Seconds];
        foreach (var e in events)
        {
            for (var s = e.FromMs / 1000; s < e.ToMs / 1000; s++)
            {
                times[s]++;
            }
        }

        Assert.Equal(times.Count(t => t > 1) * 1000, LessonOf(events).Traces?.Rewatched.LengthMs ?? 0);
    });

    [Fact]
    public void Fold_AnotherOrder_LeavesTheSameMarks() => LearnerEventGen.History(40, 30).SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
        Assert.Equal(MarksOf(all), MarksOf(shuffled)));

    [Fact]
    public void MarksOf_HeartbeatsThatOverlap_AreNoSecondLook()
    {
        var lesson = LessonOf([.. Enumerable.Range(0, 60).Select(i => Watched("a", i * 10_000, (i * 10_000) + 10_500, $"{i}"))]);

        Assert.Null(lesson.Traces);
    }

    [Fact]
    public void MarksOf_RewatchPauseAndReturn_AreWhereTheyHappened()
    {
        var marks = LessonOf(
            Watched("a", 0, 60_000, "1"),
            Event(EventKind.VideoPaused, "2") with { Lesson = "a", PositionMs = 41_000 },
            Event(EventKind.VideoSeeked, "3") with { Lesson = "a", FromMs = 60_000, ToMs = 40_500 },
            Watched("a", 40_000, 43_000, "4")).Traces!.MarksOf(100_000);

        Assert.Equal(new(Bits(40, 41, 42), Bits(41), Bits(40)), marks);
    }

    [Fact]
    public void Fold_SeekForwardOrPauseNowhere_LeavesNoTrace() => Assert.Null(LessonOf(
        Event(EventKind.VideoPaused, "1") with { Lesson = "a" },
        Event(EventKind.VideoSeeked, "2") with { Lesson = "a", FromMs = 1_000, ToMs = 9_000 }).Traces);

    [Fact]
    public void Fold_ManyPieces_StaysBounded()
    {
        var lesson = LessonOf([Watched("a", 0, 1_000_000, "all"), .. Enumerable.Range(0, 400).Select(i => Watched("a", i * 2000, (i * 2000) + 1000, $"{i}"))]);

        Assert.Equal(LessonTraces.RewatchedMax, lesson.Traces!.Rewatched.IntervalCount);
        Assert.True(lesson.Traces.Rewatched.LengthMs >= 400_000);
    }

    private static List<(string, string, LessonMarks?)> MarksOf(LearnerEvent[] events)
    {
        var state = StateOf(events);
        var marks = new List<(string, string, LessonMarks?)>();
        foreach (var enrolment in state.Enrolments)
        {
            foreach (var lesson in enrolment.Lessons)
            {
                marks.Add((enrolment.Course.Value, lesson.Id, lesson.Traces?.MarksOf(700_000)));
            }
        }

        return [.. marks.OrderBy(mark => mark.Item1, StringComparer.Ordinal).ThenBy(mark => mark.Item2, StringComparer.Ordinal)];
    }

    private static LessonState LessonOf(params LearnerEvent[] events) => StateOf(events).Enrolments[0].FindLesson("a")!;

    private static LearnerState StateOf(LearnerEvent[] events)
    {
        var state = new LearnerState();
        foreach (var e in events)
        {
            LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        return state;
    }

    private static UInt128 Bits(params int[] places) => places.Aggregate(UInt128.Zero, (bits, place) => bits | (UInt128.One << place));
}
