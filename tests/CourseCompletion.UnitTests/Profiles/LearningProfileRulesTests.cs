using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Courses.CourseBuilder;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Profiles;

public class LearningProfileRulesTests
{
    private static readonly CourseDefinition _course = Course("algebra", Video("a"), Video("b"), Video("c", 900), Video("d", 200), Lesson("q", LessonKind.Quiz));

    [Fact]
    public void Of_HardlyAnything_SaysNothingItDoesNotKnow()
    {
        var profile = new StudyScript().Watch("a", 0, 10).ProfileAt(MondayMs + HourMs, _course);

        Assert.Equal(("UTC", 0, 0, null), (profile.Rhythm.TimeZone, profile.Rhythm.BestHours.Count, profile.Rhythm.BestDays.Count, profile.Rhythm.TypicalGapDays));
        Assert.Null(profile.SessionMs);
        Assert.Null(profile.Speed);
        Assert.Null(profile.Contentment);
        Assert.Equal((null, 0, 0), (profile.Clips.LengthMs, profile.Clips.Lengths.Count, profile.Clips.Formats.Count));
        Assert.Equal(new CourseRecord(new("algebra"), null, null, null, null, 0), Assert.Single(profile.Courses));
        Assert.Empty(profile.Strengths);
        Assert.Empty(profile.Gaps);
        Assert.Equal((10_000, 0), (profile.UniqueMs, profile.RewatchedMs));
    }

    [Fact]
    public void Of_EveningsInAnotherZone_AreTheLearnersOwnHoursAndDays()
    {
        // Mondays and Thursdays, from 21:30 to 22:30 in Los Angeles: Tuesdays and Fridays from 05:30 UTC (winter time until 10 March 2024).
        var evenings = Enumerable.Range(0, 8).Select(i => MondayMs - (i % 2 * 4 * DayMs) - (i / 2 * 7 * DayMs) + DayMs + (5 * HourMs) + (30 * MinuteMs));
        var script = new StudyScript().In("America/Los_Angeles")
            .Each(evenings, (learner, atMs) => learner.Watch("a", 0, 10, atMs).Watch("a", 0, 10, atMs + (20 * MinuteMs)).Watch("a", 0, 10, atMs + (50 * MinuteMs)));

        var rhythm = script.ProfileAt(MondayMs + (2 * DayMs), _course).Rhythm;

        Assert.Equal("America/Los_Angeles", rhythm.TimeZone);
        Assert.Equal([new(21 * 60, 2 / 3.0), new(22 * 60, 1 / 3.0)], rhythm.BestHours);
        Assert.Equal([new(1, 0.5), new(4, 0.5)], rhythm.BestDays);
        Assert.Equal(4, rhythm.TypicalGapDays);
    }

    [Fact]
    public void Of_ZoneOffByHalfAnHour_HoursBeginThere()
    {
        var script = new StudyScript().In("Asia/Kolkata").Each(Enumerable.Range(0, 20).Select(i => MondayMs + (i * MinuteMs)), (learner, atMs) => learner.Watch("a", 0, 10, atMs));

        Assert.Equal([new(330, 1)], script.ProfileAt(MondayMs + DayMs, _course).Rhythm.BestHours);
    }

    [Fact]
    public void Of_DaysOfSeveralCourses_AreOneRhythm()
    {
        var script = new StudyScript();
        foreach (var day in (int[])[0, 2, 4, 6, 16])
        {
            script.Fold(Event(EventKind.Liked, atMs: MondayMs + (day * DayMs), course: day % 4 == 0 ? "algebra" : "chemistry"));
        }

        Assert.Equal(2, script.ProfileAt(MondayMs + (20 * DayMs), _course).Rhythm.TypicalGapDays);
    }

    [Fact]
    public void Of_WatchingInSessions_MeasuresTimeSpeedAndRepeats()
    {
        var script = new StudyScript().Each([MondayMs, MondayMs + DayMs, MondayMs + (2 * DayMs)], (learner, atMs) =>
            learner.Watch("c", 0, 300, atMs, speed: 2).Watch("c", 0, 300, atMs + (10 * MinuteMs), speed: 1));

        var profile = script.ProfileAt(MondayMs + (3 * DayMs), _course);

        Assert.Equal((10 * MinuteMs, 1.5), (profile.SessionMs!.Value, profile.Speed!.Value));
        Assert.Equal((300_000, 1_500_000), (profile.UniqueMs, profile.RewatchedMs));
    }

    [Fact]
    public void Of_VideosOpenedAndFinished_PrefersTheLengthOfThoseFinished()
    {
        var course = Course("algebra", Video("a", 100), Video("b", 120), Video("c", 150), Video("d", 800), Video("e", 800), Video("f", 800), Lesson("q", LessonKind.Quiz));
        var script = new StudyScript().Watch("a", 0, 100).Watch("b", 0, 96).Watch("c", 0, 150).Watch("d", 0, 60).Watch("e", 0, 60).Watch("f", 0, 639).Score("q", 1);

        var clips = script.ProfileAt(MondayMs + DayMs, course).Clips;

        Assert.Equal(120_000, clips.LengthMs);
        Assert.Equal([new(ClipLength.UnderThreeMinutes, 3, 3), new(ClipLength.OverTwelveMinutes, 3, 0)], clips.Lengths);
        Assert.Equal([new(LessonKind.Video, 6, 2)], clips.Formats);
    }

    [Fact]
    public void Of_KindsOfLessons_TheMostCompletedComesFirst()
    {
        var course = Course("algebra", [.. Enumerable.Range(0, 6).Select(i => Lesson($"r{i}", i < 3 ? LessonKind.Reading : LessonKind.Quiz)), Video("v")]);
        var script = new StudyScript().Score("r3", 1).Score("r4", 1).Score("r5", 1).Complete("r0").Complete("r1");
        script.Fold(Event(EventKind.VideoPlayed) with { Lesson = "r2" }).Watch("v", 0, 100);

        Assert.Equal([new(LessonKind.Quiz, 3, 3), new(LessonKind.Reading, 3, 2)], script.ProfileAt(MondayMs + DayMs, course).Clips.Formats);
    }

    [Fact]
    public void Of_Deadlines_TheHardestSetsTheNeededPace()
    {
        var now = MondayMs + (14 * DayMs);
        var course = Course("algebra", Video("a"), Video("b") with { DueAtMs = MondayMs }, Video("c") with { DueAtMs = now + (7 * DayMs) }, Video("d"), Video("e") with { Required = false }) with
        {
            EndsAtMs = now + (21 * DayMs),
        };
        var script = new StudyScript().Watch("a", 0, 100);

        var record = Assert.Single(script.ProfileAt(now, course).Courses);

        Assert.Equal((0.5, 2.0, now + (7 * DayMs)), (record.LessonsPerWeek!.Value, record.NeededPerWeek!.Value, record.NeededByMs!.Value));
        var done = Assert.Single(script.Complete("b").Complete("c").Complete("d").ProfileAt(now, course).Courses);
        Assert.Equal((2.0, null, null), (done.LessonsPerWeek!.Value, done.NeededPerWeek, done.NeededByMs));
    }

    [Fact]
    public void Of_LessonsLongAgo_DoNotCountForThePace()
    {
        var now = MondayMs + (60 * DayMs);
        var script = new StudyScript().Watch("a", 0, 100).Complete("b", now - (27 * DayMs)).Score("q", 1, now - DayMs);

        Assert.Equal(0.5, Assert.Single(script.ProfileAt(now, _course).Courses).LessonsPerWeek);
        script.Fold(Event(EventKind.Withdrew, atMs: now));
        Assert.Null(Assert.Single(script.ProfileAt(now, _course).Courses).LessonsPerWeek);
    }

    [Fact]
    public void Of_Comments_RecentOnesWeighMore()
    {
        var script = new StudyScript().Comment(null, 0).Comment(null, 0).Comment(null, 100, atMs: MondayMs + (28 * DayMs));

        var contentment = script.ProfileAt(MondayMs + (42 * DayMs), _course).Contentment!;

        Assert.Equal((3, 1 / 3.0), (contentment.Texts, contentment.Overall));
        Assert.Equal(0.75, contentment.Weight, 1e-9);
        Assert.Equal(2 / 3.0, contentment.Recent, 1e-9);
    }

    [Fact]
    public void Of_CheckInsAndQuestions_AreCountedByCourse()
    {
        var script = new StudyScript().Each(((int[])[0, 1, 2, 10, 38, 39]).Select(day => MondayMs + (day * DayMs)), (learner, atMs) => learner.Fold(Event(EventKind.CheckedIn, atMs: atMs)));
        script.Fold(Event(EventKind.QuestionAsked)).Fold(Event(EventKind.QuestionAsked)).Fold(Event(EventKind.AnswerAccepted));

        var record = Assert.Single(script.ProfileAt(MondayMs + (39 * DayMs), _course).Courses);

        // From day 12 on.
        Assert.Equal(new CheckInRecord(2, 3, 2), record.CheckIns);
        Assert.Equal(1, record.OpenQuestions);
    }

    [Fact]
    public void Of_LessonsThatWentWell_AreStrengths()
    {
        var script = new StudyScript()
            .Watch("a", 0, 100)
            .Watch("b", 0, 100).Watch("b", 0, 6)
            .Watch("d", 0, 200).Comment("d", 50, confused: true)
            .Score("q", 0.8).Score("exam", 0.9);

        var strengths = script.ProfileAt(MondayMs + DayMs, _course).Strengths;

        Assert.Equal([(StrengthReason.HighScore, "exam", 0.9), (StrengthReason.HighScore, "q", 0.8), (StrengthReason.WatchedOnce, "a", 1.0)], strengths.Select(s => (s.Reason, s.Lesson, s.Figure)));
        Assert.Single(script.ProfileAt(MondayMs + DayMs, _course).Gaps);
        script.Fold(Event(EventKind.Withdrew));
        Assert.Equal(strengths, script.ProfileAt(MondayMs + DayMs, _course).Strengths);
        Assert.Empty(script.ProfileAt(MondayMs + DayMs, _course).Gaps);
    }

    [Fact]
    public void Of_LessonsThatWereHard_AreGapsMostSevereFirst()
    {
        var now = MondayMs + (14 * DayMs);
        var course = Course("algebra", Video("a"), Video("b"), Video("c") with { DueAtMs = MondayMs }, Video("d") with { DueAtMs = MondayMs, Required = false }, Lesson("q", LessonKind.Quiz));
        var script = new StudyScript()
            .Watch("a", 0, 100).Watch("a", 0, 50)
            .Watch("b", 0, 100).Comment("b", 50, confused: true).Comment("b", 50, confused: true)
            .Score("q", 0.1).Score("exam", 0.45);

        var gaps = script.ProfileAt(now, course).Gaps;

        Assert.Equal(
            [(GapReason.LowScore, "q", 0.1), (GapReason.Overdue, "c", 14), (GapReason.Confused, "b", 2), (GapReason.Rewatched, "a", 0.5), (GapReason.LowScore, "exam", 0.45)],
            gaps.OrderByDescending(gap => gap.Severity).Select(gap => (gap.Reason, gap.Lesson, gap.Figure)));
        Assert.Equal(gaps, gaps.OrderByDescending(gap => gap.Severity));
    }

    [Fact]
    public void Of_GapClosedByAHighScore_IsNone()
    {
        var script = new StudyScript().Comment("q", 50, confused: true).Score("q", 0.2);
        Assert.Equal(GapReason.LowScore, Assert.Single(script.ProfileAt(MondayMs + DayMs, _course).Gaps).Reason);

        Assert.Empty(script.Score("q", 0.8, MondayMs + HourMs).ProfileAt(MondayMs + DayMs, _course).Gaps);
    }

    [Fact]
    public void Of_AnyHistory_IsBoundedAndTravelsWhole() => Gen.Select(LearnerEventGen.History(60, 40), CourseBuilder.Catalog(), Gen.Int[0, 80]).Sample((history, courses, days) =>
    {
        var state = new LearnerState();
        for (var i = 0; i < history.Length; i++)
        {
            LearnerRules.Fold(state, history[i], (UInt128)(i + 1), LearnerPolicy.Default);
        }

        var definitions = state.Enrolments.Select(enrolment => Array.Find(courses, course => course.Course == enrolment.Course)).ToArray();
        var profile = LearningProfileRules.Of(state, definitions, Math.Max(state.LastEventAtMs, MondayMs + (days * DayMs)));

        Assert.InRange(profile.Strengths.Count, 0, LearningProfilePolicy.LessonsMax);
        Assert.InRange(profile.Gaps.Count, 0, LearningProfilePolicy.LessonsMax);
        Assert.All(profile.Gaps, gap => Assert.InRange(gap.Severity, 0, 1));
        Assert.All(profile.Rhythm.BestHours, hour => Assert.InRange(hour.Share, 1 / 24.0, 1));
        Assert.All(profile.Rhythm.BestDays, day => Assert.InRange(day.Share, 1 / 7.0, 1));
        Assert.All(profile.Clips.Formats, format => Assert.InRange(format.Completed, 0, format.Opened));
        Assert.All(profile.Courses, record => Assert.True(record.LessonsPerWeek is null or >= 0 && record.NeededPerWeek is null or > 0));
        Assert.Equal(state.Enrolments.Count, profile.Courses.Count);
        Assert.True(profile.RewatchedMs >= 0);
        var payload = LearningProfileCodec.Encode(profile);
        Assert.Equal(payload, LearningProfileCodec.Encode(LearningProfileCodec.Decode(payload)));
    });
}
