using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.Prediction.Recommendations.OffPolicy;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations.OffPolicy;

public sealed class LogReplayTests
{
    private const long Day = 86_400_000;
    private const long Window = 14 * Day;

    private static readonly Progress<TrainingProgress> _silent = new();

    [Fact]
    public void Run_ShownCourses_CountWhenTheyAreTakenInTime()
    {
        var report = Run(
            [Taken("ana", "algebra", 0), Taken("ana", "logic", 30), Taken("ben", "algebra", 0), Taken("ben", "logic", 60), Taken("eve", "algebra", 0)],
            [Shown("ana", "logic", 20), Shown("ben", "logic", 20), Shown("eve", "logic", 20)],
            endDay: 100);

        Assert.Equal((3, 0), (report.Places, report.Immature));
        Assert.Equal(1 / 3.0, report.Policies[0].Logged.Value, 9);
    }

    [Fact]
    public void Run_AListShownAgain_CountsOnce()
    {
        var report = Run([Taken("ana", "algebra", 0)], [Shown("ana", "logic", 20), Shown("ana", "logic", 21), Shown("ana", "optics", 21, place: 2)], endDay: 100);
        Assert.Equal(2, report.Places);
    }

    // A list asked for with another length has the same id and may have other courses in its places.
    [Fact]
    public void Run_TwoListsOfOneId_AreBothCounted()
    {
        var report = Run([Taken("ana", "algebra", 0)], [Shown("ana", "logic", 20), Shown("ana", "optics", 21), Shown("ana", "optics", 22)], endDay: 100);
        Assert.Equal(2, report.Places);
    }

    [Fact]
    public void Run_ShownTooLateToKnow_IsLeftOut()
    {
        var report = Run([Taken("ana", "algebra", 0)], [Shown("ana", "logic", 20), Shown("ben", "logic", 90)], endDay: 100);
        Assert.Equal((1, 1), (report.Places, report.Immature));
    }

    [Fact]
    public void Run_PoliciesThatReplay_KnowOnlyWhatWasTakenBefore()
    {
        TakenCourse[] before = [.. Enumerable.Range(0, 20).Select(i => Taken($"old-{i}", "algebra", i)), .. Enumerable.Range(0, 20).Select(i => Taken($"old-{i}", "logic", i + 1))];
        TakenCourse[] after = [.. Enumerable.Range(0, 500).Select(i => Taken($"new-{i}", i % 2 == 0 ? "algebra" : "optics", 60 + (i % 30)))];
        ShownPlace[] shown = [.. Enumerable.Range(0, 20).Select(i => Shown($"eve-{i}", i % 2 == 0 ? "logic" : "optics", 50))];
        TakenCourse[] eves = [.. Enumerable.Range(0, 20).Select(i => Taken($"eve-{i}", "algebra", 40))];

        var without = Run([.. before, .. eves], shown, endDay: 100);
        var with = Run([.. before, .. eves, .. after], shown, endDay: 100);

        // After algebra came logic: half of the places show it, and nothing that came later tells otherwise.
        Assert.Equal(10, Of(without, LogReplay.Replayed).Matched);
        Assert.Equal(10, Of(with, LogReplay.Replayed).Matched);
        Assert.Equal(Of(without, LogReplay.Popularity).Matched, Of(with, LogReplay.Popularity).Matched);
    }

    [Fact]
    public void Run_PlacesThatWereDrawn_AreNoneOfTheListsWithoutDraws()
    {
        var report = Run([Taken("ana", "algebra", 0)], [Shown("ana", "logic", 20, propensity: 0.995), Shown("ana", "optics", 20, place: 2, propensity: 0.0005)], endDay: 100);
        Assert.Equal((2, 1), (Of(report, LogReplay.WithoutDraws).Places, Of(report, LogReplay.WithoutDraws).Matched));
    }

    // The replay does not know all that the engine knew: it may name just the course that was drawn.
    [Fact]
    public void Run_TheReplayNamesTheDrawnCourse_ItStillIsNoneOfTheListsWithoutDraws()
    {
        var report = Run([Taken("old", "algebra", 0), Taken("old", "logic", 1), Taken("eve", "algebra", 2)], [Shown("eve", "logic", 20, propensity: 0.0005)], endDay: 100);
        Assert.Equal(1, Of(report, LogReplay.Replayed).Matched);
        Assert.Equal((1, 0), (Of(report, LogReplay.WithoutDraws).Places, Of(report, LogReplay.WithoutDraws).Matched));
    }

    [Fact]
    public void Run_Cancelled_Stops() => Assert.Throws<OperationCanceledException>(
        () => LogReplay.Run([Taken("ana", "algebra", 0)], [Shown("ana", "logic", 20)], Window, 100 * Day, _silent, new(canceled: true)));

    private static OffPolicyReport Of(LogReport report, string policy) => report.Policies.Single(each => each.Policy == policy);

    private static LogReport Run(TakenCourse[] taken, ShownPlace[] shown, int endDay) => LogReplay.Run(taken, shown, Window, endDay * Day, _silent, CancellationToken.None);

    private static TakenCourse Taken(string learner, string course, int day) => new(learner, course, day * Day);

    private static ShownPlace Shown(string learner, string course, int day, int place = 1, double propensity = 0.995) => new(learner, course, day * Day, "rec:1:1:1:1", place, propensity);
}
