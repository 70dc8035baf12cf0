using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

public class StopTimesTests
{
    private static readonly CourseDefinition _course = HistoryBuilder.Courses[0];
    private static readonly LearnerId _ada = new("ada");
    private static readonly LearnerId _last = new("last");

    // Active until the tenth day; somebody else until the fiftieth.
    private static readonly CompletionHistory _history = new(
        CompletionTarget.Passed,
        new Dictionary<CourseId, CourseDefinition> { [_course.Course] = _course },
        new Dictionary<LearnerId, LearnerHistory>
        {
            [_ada] = new(_ada, [Active(0), Active(4), Active(10), HistoryBuilder.Received(Event(EventKind.NudgeOpened, "n", MondayMs + (30 * DayMs), _course.Course.Value))]),
            [_last] = new(_last, [Active(50)]),
        },
        []);

    [Theory]
    [InlineData(1, 0, false)]
    [InlineData(1, 1, true)]
    [InlineData(1, 2, null)]
    [InlineData(8, 0, true)]
    [InlineData(20, 0, true)]
    [InlineData(20, 1, null)]
    public void StopsIn_Week_IsTheOneWithTheLastActivity(int asOfDay, int weeksAhead, bool? stops) =>
        Assert.Equal(stops, new StopTimes(_history, null).StopsIn(Enrolment(60), MondayMs + (asOfDay * DayMs), weeksAhead));

    // A week without activity must follow before it is known that none does.
    [Fact]
    public void StopsIn_HistoryEndsTooEarly_IsNotKnown()
    {
        Assert.Null(new StopTimes(_history, null).StopsIn(Enrolment(21), MondayMs + (8 * DayMs), 0));
        Assert.Null(new StopTimes(_history, null).StopsIn(Enrolment(60), MondayMs + (40 * DayMs), 0));
        Assert.Null(new StopTimes(_history, 5).StopsIn(Enrolment(60), MondayMs, 0));
        Assert.True(new StopTimes(_history, null).StopsIn(Enrolment(22), MondayMs + (8 * DayMs), 0));
    }

    private static EnrolmentOutcome Enrolment(int observedDays) => new(_ada, _course.Course, MondayMs + (observedDays * DayMs), false);

    private static ReceivedEvent Active(int day) => HistoryBuilder.Received(HistoryBuilder.Active(_course.Course, day, 1));
}
