using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using CourseCompletion.UnitTests.Profiles;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Courses.CourseBuilder;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Recommendations;

public class NextClipRulesTests
{
    private const long NowMs = MondayMs + DayMs;

    private static readonly CourseDefinition _course = Course("algebra", [.. Enumerable.Range(1, 8).Select(i => Video($"l{i}", 200))]);

    [Fact]
    public void Rank_NewLearner_BeginsAtTheBeginning() => Assert.Equal(
        [("l1", NextClipReason.NextInOrder, 0.45), ("l2", NextClipReason.NextInOrder, 0.36), ("l3", NextClipReason.NextInOrder, 0.27)],
        Shown(Learner().NextAt(NowMs, _course)));

    [Fact]
    public void Rank_BegunVideo_GoesOnAtItsFirstGap()
    {
        var learner = Learner().Watch("l1", 0, 200).Watch("l2", 0, 60).Watch("l2", 60, 80).Watch("l2", 100, 120);

        var clips = learner.NextAt(NowMs, _course);

        Assert.Equal(("l2", NextClipReason.Continue, 80_000, "go on at 1:20 of 3:20"), (clips[0].Lesson, clips[0].Reason, clips[0].StartMs, clips[0].Text));
        Assert.Equal(0.9 * 0.75, clips[0].Score, 1e-9);
        Assert.Equal(["l2", "l3", "l4"], clips.Select(clip => clip.Lesson));
    }

    [Fact]
    public void Rank_GapsBetweenHeartbeats_AreNone() =>
        Assert.Equal(120_500, Learner().Fold(Watched("l1", 400, 60_000) with { Speed = 1 }).Fold(Watched("l1", 60_900, 120_500) with { Speed = 1 }).NextAt(NowMs, _course)[0].StartMs);

    [Fact]
    public void Rank_BeginningSkipped_StartsThere() => Assert.Equal(0, Learner().Watch("l1", 30, 100).NextAt(NowMs, _course)[0].StartMs);

    [Fact]
    public void Rank_UnknownLength_GoesOnAfterTheFirstPiece()
    {
        var course = Course("algebra", Video("l1", 0), Video("l2", 0));

        Assert.Equal(("l1", NextClipReason.Continue, 40_000), Learner().Watch("l1", 0, 40).NextAt(NowMs, course)[0] is var clip ? (clip.Lesson, clip.Reason, clip.StartMs) : default);
    }

    [Fact]
    public void Rank_FarAhead_IsOfferedOnlyWhenDue()
    {
        var course = Due(Due(Due(_course, 5, 3), 6, -7), 7, 8);

        Assert.Equal(
            [("l7", NextClipReason.Overdue, 0.81), ("l6", NextClipReason.DueSoon, Math.Round(0.9 * (0.8 - (0.3 * 3 / 7)), 9)), ("l1", NextClipReason.NextInOrder, 0.45), ("l2", NextClipReason.NextInOrder, 0.36), ("l3", NextClipReason.NextInOrder, 0.27)],
            Shown(Learner().Watch("l8", 0, 100).NextAt(NowMs, course)));
        Assert.Equal("was due 7 days ago", Learner().NextAt(NowMs, course)[0].Text);
    }

    [Fact]
    public void Rank_PassedOverOptionalLesson_ComesLast()
    {
        var course = Course("algebra", Video("l1", 200) with { Required = false }, Video("l2", 200), Video("l3", 200));

        Assert.Equal(["l3", "l1"], Learner().Watch("l2", 0, 200).NextAt(NowMs, course).Select(clip => clip.Lesson));
    }

    [Fact]
    public void Rank_SessionsAreShort_PrefersWhatFits()
    {
        var course = Course("algebra", Video("l1", 900), Video("l2", 900), Video("l3", 100));
        var learner = Learner().Each(((int[])[0, 1, 2]).Select(day => MondayMs + (day * DayMs)), (script, atMs) =>
            script.Fold(Event(EventKind.Liked, atMs: atMs)).Fold(Event(EventKind.Liked, atMs: atMs + (5 * MinuteMs))));

        var clips = learner.NextAt(NowMs, course);

        Assert.Equal(["l1", "l3", "l2"], clips.Select(clip => clip.Lesson));
        Assert.Equal((NextClipReason.ShortEnough, "takes 1:40, and you mostly have 5:00"), (clips[1].Reason, clips[1].Text));
    }

    [Fact]
    public void Rank_SeveralHardLessons_OffersTheHardestOnceMore()
    {
        var learner = Learner()
            .Watch("l1", 0, 200).Watch("l1", 100, 180)
            .Watch("l2", 0, 200).Comment("l2", 20, confused: true, positionSeconds: 150).Comment("l2", 20, confused: true, positionSeconds: 60)
            .Watch("l3", 0, 200);

        var revisit = Assert.Single(learner.NextAt(NowMs, _course), clip => clip.Reason == NextClipReason.Revisit);

        Assert.Equal(("l2", 60_000, "you wrote that something was not clear"), (revisit.Lesson, revisit.StartMs, revisit.Text));
        Assert.Equal(0.9 * 0.75 * 0.6, revisit.Score - 0.1, 1e-9);
    }

    [Fact]
    public void Rank_WithdrawnOrDone_HasNothing()
    {
        Assert.Empty(Learner().Fold(Event(EventKind.Withdrew, atMs: NowMs)).NextAt(NowMs, _course));
        Assert.Empty(Learner().Each(Enumerable.Range(1, 8).Select(i => (long)i), (script, i) => script.Watch($"l{i}", 0, 200)).NextAt(NowMs, _course));
    }

    [Fact]
    public void Rank_CourseCompleted_NothingIsDue()
    {
        var learner = Learner().Watch("l1", 0, 200);
        learner.Enrolment.CompletedAtMs = NowMs;

        Assert.Equal([("l2", NextClipReason.NextInOrder), ("l3", NextClipReason.NextInOrder), ("l4", NextClipReason.NextInOrder)], learner.NextAt(NowMs, Due(Due(_course, 1, -3), 6, -3)).Select(clip => (clip.Lesson, clip.Reason)));
    }

    [Fact]
    public void Rank_Limit_TakesTheBest() => Assert.Equal(["l1", "l2"], Learner().NextAt(NowMs, _course, 2).Select(clip => clip.Lesson));

    [Fact]
    public void Rank_AnyHistory_KeepsItsPromises() => Gen.Select(LearnerEventGen.History(60, 40), CourseBuilder.Catalog(), Gen.Int[0, 60], Gen.Int[1, 20]).Sample((history, courses, days, limit) =>
    {
        var state = new LearnerState();
        for (var i = 0; i < history.Length; i++)
        {
            LearnerRules.Fold(state, history[i], (UInt128)(i + 1), LearnerPolicy.Default);
        }

        var nowMs = Math.Max(state.LastEventAtMs, MondayMs + (days * DayMs));
        foreach (var enrolment in state.Enrolments)
        {
            var course = Array.Find(courses, course => course.Course == enrolment.Course)!;
            var clips = NextClipRules.Rank(state, enrolment, course, nowMs, limit);

            Assert.InRange(clips.Length, 0, limit);
            Assert.Equal(clips.Length, clips.Select(clip => clip.Lesson).Distinct().Count());
            Assert.Equal(clips.Select(clip => clip.Score), clips.Select(clip => clip.Score).OrderDescending());
            Assert.InRange(clips.Count(clip => clip.Reason == NextClipReason.Revisit), 0, 1);
            var first = course.Lessons.ToList().FindIndex(lesson => lesson.Required && !IsCompleted(enrolment, lesson));
            foreach (var clip in clips)
            {
                var lesson = course.FindLesson(clip.Lesson, out var index)!;
                Assert.InRange(clip.Score, 0, 1);
                Assert.InRange(clip.StartMs, 0, lesson.LengthMs > 0 ? lesson.LengthMs : long.MaxValue);
                Assert.Equal(clip.Reason == NextClipReason.Revisit, IsCompleted(enrolment, lesson));
                Assert.True(clip.Reason == NextClipReason.Revisit || first < 0 || index <= first + 2 || lesson.DueAtMs <= nowMs + (7 * DayMs), $"{clip} is too far ahead");
                Assert.NotEmpty(clip.Text);
            }
        }
    });

    private static bool IsCompleted(EnrolmentState enrolment, LessonDefinition lesson) => Domain.Completion.ProgressRules.IsCompleted(enrolment, lesson);

    private static StudyScript Learner() => new StudyScript().Fold(Event(EventKind.Enrolled, atMs: MondayMs - (10 * DayMs)));

    private static CourseDefinition Due(CourseDefinition course, int index, int days) =>
        course with { Lessons = [.. course.Lessons.Select((lesson, i) => i == index ? lesson with { DueAtMs = NowMs + (days * DayMs) } : lesson)] };

    private static IEnumerable<(string, NextClipReason, double)> Shown(NextClip[] clips) => clips.Select(clip => (clip.Lesson, clip.Reason, Math.Round(clip.Score, 9)));
}
