using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion;

public class ProgressRulesTests
{
    private static readonly LessonDefinition _video = CourseBuilder.Video("v", 100);

    [Theory]
    [InlineData(94_999, false)]
    [InlineData(95_000, true)]
    [InlineData(200_000, true)]
    public void IsCompleted_Video_IsFrom95PercentOfItsLength(long watchedMs, bool completed) =>
        Assert.Equal(completed, ProgressRules.IsCompleted(After(Watched("v", 0, watchedMs)), _video));

    [Fact]
    public void IsCompleted_SamePartWatchedOverAndOver_IsNot() => Assert.False(ProgressRules.IsCompleted(
        After([.. Enumerable.Range(0, 5).Select(i => Watched("v", 0, 50_000, $"{i}"))]), _video));

    [Fact]
    public void IsCompleted_LengthUnknown_OnlyWhenReported()
    {
        var unknown = _video with { LengthMs = 0 };

        Assert.False(ProgressRules.IsCompleted(After(Watched("v", 0, HourMs)), unknown));
        Assert.True(ProgressRules.IsCompleted(After(Event(EventKind.LessonCompleted) with { Lesson = "v" }), unknown));
    }

    [Theory]
    [InlineData(LessonKind.Quiz, true)]
    [InlineData(LessonKind.Assignment, true)]
    [InlineData(LessonKind.Reading, false)]
    [InlineData(LessonKind.Video, false)]
    public void IsCompleted_HandedIn_CountsForWork(LessonKind kind, bool completed) =>
        Assert.Equal(completed, ProgressRules.IsCompleted(After(Event(EventKind.AssessmentSubmitted)), CourseBuilder.Lesson("test-1", kind)));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(50_000, 0.5)]
    [InlineData(150_000, 1)]
    public void WatchedShare_Watched_IsWithinTheVideosLength(long watchedMs, double share) => Assert.Equal(
        share, ProgressRules.WatchedShare(watchedMs == 0 ? null : After(Watched("v", 0, watchedMs)).FindLesson("v"), _video));

    [Fact]
    public void IsMet_AllRequired_IsWhenTheLastRequiredLessonIsCompleted()
    {
        var course = CourseBuilder.Course("algebra", _video, CourseBuilder.Video("w"), CourseBuilder.Video("optional") with { Required = false });

        Assert.False(IsMet(course, Watched("v", 0, 100_000)));
        Assert.True(IsMet(course, Watched("v", 0, 100_000), Watched("w", 0, 100_000, "e2")));
    }

    [Theory]
    [InlineData(0.75, true)]
    [InlineData(0.76, false)]
    public void IsMet_Share_GoesByWeight(double share, bool met)
    {
        var course = CourseBuilder.Course("algebra", _video with { Weight = 3 }, CourseBuilder.Video("w")) with { Rule = new(CompletionRuleKind.Share, share, null) };

        Assert.Equal(met, IsMet(course, Watched("v", 0, 100_000)));
    }

    // A share of hundredths, met exactly, must count however the binary fractions round.
    [Fact]
    public void IsMet_AssessmentScoreExactlyAtTheShare_IsMet() => Assert.All(Enumerable.Range(0, 101), hundredths =>
    {
        var course = CourseBuilder.Course("algebra") with { Rule = new(CompletionRuleKind.Assessment, hundredths / 100.0, "test-1") };

        Assert.True(IsMet(course, Event(EventKind.AssessmentSubmitted) with { Value = hundredths, MaxValue = 100 }), $"{hundredths} of 100");
        Assert.False(hundredths > 0 && IsMet(course, Event(EventKind.AssessmentSubmitted) with { Value = hundredths - 0.01, MaxValue = 100 }));
    });

    [Fact]
    public void IsMet_ShareOfLessonsExactlyReached_IsMet() => Assert.All(Enumerable.Range(1, 50), completed =>
    {
        var course = CourseBuilder.Course("algebra", [.. Enumerable.Range(0, 50).Select(i => CourseBuilder.Lesson($"{i}", LessonKind.Reading))]) with
        {
            Rule = new(CompletionRuleKind.Share, completed / 50.0, null),
        };

        Assert.True(IsMet(course, [.. Enumerable.Range(0, completed).Select(i => Event(EventKind.LessonCompleted, $"{i}") with { Lesson = $"{i}" })]));
    });

    [Fact]
    public void IsMet_NothingToComplete_IsNever()
    {
        Assert.False(IsMet(CourseBuilder.Course("algebra"), Watched("v", 0, 100_000)));
        Assert.False(IsMet(CourseBuilder.Course("algebra") with { Rule = new(CompletionRuleKind.Share, 0.1, null) }, Watched("v", 0, 100_000)));
        Assert.False(IsMet(CourseBuilder.Course("algebra") with { Rule = new(CompletionRuleKind.Assessment, 0, "other") }, Watched("v", 0, 100_000)));
    }

    private static bool IsMet(CourseDefinition course, params LearnerEvent[] events)
    {
        var enrolment = After(events);
        course = course with { Version = 2 };
        return ProgressRules.IsMet(enrolment, course, ProgressRules.Measure(enrolment, course));
    }

    private static EnrolmentState After(params LearnerEvent[] events)
    {
        var learner = new LivingLearner();
        Assert.All(learner.Record(MondayMs + DayMs, events), decision => Assert.Equal(Decision.Accepted, decision));
        return learner.State.Enrolments[0];
    }
}
