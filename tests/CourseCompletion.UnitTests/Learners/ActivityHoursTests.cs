using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

public class ActivityHoursTests
{
    [Fact]
    public void BestUtcHour_UnderFiveActivities_IsUnknown() =>
        Assert.Equal([null, 9], new[] { 4, 5 }.Select(count => Of([.. Enumerable.Repeat(9, count)]).BestUtcHour));

    [Fact]
    public void BestUtcHour_HabitAroundMidnight_IsFoundAcrossIt() => Assert.Equal(0, Of(23, 23, 0, 0, 1, 1, 12, 12, 12).BestUtcHour);

    [Fact]
    public void BestUtcHour_OldHabit_GivesWayToANewOne()
    {
        var hours = Of([.. Enumerable.Repeat(8, 10_000)]);
        for (var i = 0; i < 400; i++)
        {
            hours.Add(MondayMs + (20 * HourMs));
        }

        Assert.Equal(20, hours.BestUtcHour);
    }

    [Fact]
    public void Add_AnyCounts_KeepsTheirProportions() => Gen.Int[1, 50].Array[24].Sample(
        weights =>
        {
            var hours = default(ActivityHours);
            for (var i = 0; i < 2000; i++)
            {
                for (var hour = 0; hour < 24; hour++)
                {
                    for (var n = 0; n < weights[hour]; n++)
                    {
                        hours.Add(MondayMs + (hour * HourMs));
                    }
                }
            }

            var expected = Enumerable.Range(0, 24).MaxBy(hour => (2 * weights[hour]) + weights[(hour + 1) % 24] + weights[(hour + 23) % 24]);
            int Smoothed(int hour) => (2 * weights[hour]) + weights[(hour + 1) % 24] + weights[(hour + 23) % 24];
            Assert.InRange(Smoothed(hours.BestUtcHour!.Value), Smoothed(expected) * 0.7, Smoothed(expected));
        },
        iter: 5);

    [Fact]
    public void Read_Written_IsTheSame() => Gen.Int[0, 23].Array[0, 400].Sample(activities =>
    {
        var hours = Of(activities);
        var to = new PayloadWriter();
        hours.Write(to);
        var from = PayloadReader.Open(to.Finish(), "hours");
        var read = ActivityHours.Read(ref from);

        Assert.True(from.IsAtEnd);
        Assert.Equal(Enumerable.Range(0, 24).Select(hour => hours[hour]), Enumerable.Range(0, 24).Select(hour => read[hour]));
    });

    [Fact]
    public void Fold_Activity_IsCountedAndAContactIsNot()
    {
        var learner = new LearnerState();
        LearnerRules.Fold(learner, Event(EventKind.Liked, "1", MondayMs + (7 * HourMs)), 1, LearnerPolicy.Default);
        LearnerRules.Fold(learner, Event(EventKind.NudgeOpened, "2", MondayMs + (7 * HourMs)), 2, LearnerPolicy.Default);

        Assert.Equal(1, learner.ActivityHours[7]);
    }

    private static ActivityHours Of(params int[] utcHours)
    {
        var hours = default(ActivityHours);
        foreach (var hour in utcHours)
        {
            hours.Add(MondayMs + (hour * HourMs) + 1);
        }

        return hours;
    }
}
