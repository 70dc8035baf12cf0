using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion.Training;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

public class SnapshotRowsTests
{
    private static readonly EnrolmentOutcome _outcome = new(new("ada"), HistoryBuilder.Courses[0].Course, MondayMs + (24 * DayMs), true);

    [Fact]
    public void InstantsOf_FourWeeksAtMost_HasOneInEachAndNoneAfterTheObservation()
    {
        var instants = new InstantPlan(null, 1).InstantsOf(_outcome, MondayMs).ToList();

        Assert.Equal([0, 1, 2, 3], instants.Select(atMs => (int)((atMs - MondayMs) / (7 * DayMs))));
        Assert.All(instants, atMs => Assert.True(atMs < _outcome.ObservedUntilMs));
        Assert.Equal(instants, new InstantPlan(null, 1).InstantsOf(_outcome, MondayMs));
    }

    [Fact]
    public void InstantsOf_Bound_HasNoneAtOrAfterIt() =>
        Assert.All(new InstantPlan(10, 3).InstantsOf(_outcome, MondayMs), atMs => Assert.True(atMs < MondayMs + (10 * DayMs)));

    [Fact]
    public void InstantsOf_WholeDays_AreDaysOfEachWeekUpToTheBound()
    {
        var plan = new InstantPlan(10, 1) { IsOfWholeDays = true };
        var days = Enumerable.Range(0, 500)
            .SelectMany(i => plan.InstantsOf(_outcome with { Learner = new($"l{i}") }, MondayMs).Select((atMs, week) => (week, day: (atMs - MondayMs) / (double)DayMs)))
            .Distinct().Order().ToList();

        Assert.Equal([(0, 1), (0, 2), (0, 3), (0, 4), (0, 5), (0, 6), (0, 7), (1, 8), (1, 9), (1, 10)], days);
    }

    [Fact]
    public void KnowsOnlyDays_History_IsSeenFromItsTimesOfDay()
    {
        var history = HistoryBuilder.Class(20);
        var exact = history.WithEvents(learner => learner.Events.Select((e, i) => new ReceivedEvent(e.Event with { OccurredAtMs = e.Event.OccurredAtMs + (i * MinuteMs) }, e.ReceivedAtMs)));

        Assert.True(history.KnowsOnlyDays);
        Assert.False(exact.KnowsOnlyDays);
    }

    [Fact]
    public void InstantsOf_ManyEnrolments_AreSpreadOverTheWeek()
    {
        var shares = Enumerable.Range(0, 2_000)
            .Select(i => (new InstantPlan(7, 1).InstantsOf(_outcome with { Learner = new($"l{i}") }, MondayMs).Single() - MondayMs) / (7.0 * DayMs))
            .ToList();

        Assert.InRange(shares.Average(), 0.48, 0.52);
        Assert.Equal(10, shares.Select(share => (int)(share * 10)).Distinct().Count());
    }

    // The leak check for late arrivals: who appears after a cut-off is in none of its rows.
    [Fact]
    public void Take_LearnersWhoArriveAfterTheCutoff_AreInNoneOfItsRows()
    {
        var history = HistoryBuilder.Class(30);
        var arrived = history;
        for (var i = 0; i < 20; i++)
        {
            var course = HistoryBuilder.Courses[i % 3].Course;
            arrived = arrived.With(new(new($"later-{i}"), [HistoryBuilder.Received(HistoryBuilder.Active(course, 9, 40))]), course, true);
        }

        Assert.Equal(Evaluated(history, 7), Evaluated(arrived, 7));
        Assert.Equal(Evaluated(history, 14).Count + 20, Evaluated(arrived, 14).Count);
    }

    // The leak check for the future: nothing that was received at or after a cut-off changes its rows.
    [Fact]
    public void Take_EventsAfterTheCutoff_ChangeNoneOfItsRows()
    {
        var history = HistoryBuilder.Class(30);
        var cutoffMs = MondayMs + (7 * DayMs);
        var truncated = history.WithEvents(learner => learner.Events.Where(e => e.ReceivedAtMs < cutoffMs));
        var planted = history.WithEvents(learner => learner.Events.Append(
            new(HistoryBuilder.Active(learner.Events.Count > 0 ? learner.Events[0].Event.Course : HistoryBuilder.Courses[0].Course, 6, 99) with { EventId = "planted" }, cutoffMs)));

        Assert.Equal(Evaluated(truncated, 7), Evaluated(history, 7));
        Assert.Equal(Evaluated(truncated, 7), Evaluated(planted, 7));
        Assert.NotEqual(Evaluated(truncated, 14), Evaluated(history, 14));
    }

    [Fact]
    public void ToRows_EnrolmentsWithMoreSnapshots_WeighTheSame()
    {
        var history = HistoryBuilder.Class(30);
        var rows = SnapshotRows.Take(history, [], new InstantPlan(null, 1), [CourseView.AsDefined], null, CancellationToken.None).Training;
        var weights = CompletionTrainer.ToRows(history, rows, []).Weights.ToArray();
        var sums = rows.Zip(weights).GroupBy(pair => pair.First.Outcome).Select(group => group.Sum(pair => pair.Second)).ToList();

        Assert.All(sums, sum => Assert.Equal(1, sum, 1e-4));
    }

    [Fact]
    public void Take_Views_TellLessOfTheSameInstants()
    {
        var rows = SnapshotRows.Take(HistoryBuilder.Class(30), [7], new InstantPlan(null, 1), CourseViews.All, null, CancellationToken.None);
        var byView = rows.Training.ToLookup(row => row.View);

        Assert.Equal(byView[CourseView.AsDefined].Select(row => (row.Outcome, row.AsOfMs)), byView[CourseView.Bare].Select(row => (row.Outcome, row.AsOfMs)));
        Assert.All(byView[CourseView.Bare], row => Assert.Equal(-1, row.Vector[FeatureIndex.ElapsedShare]));
        Assert.All(byView[CourseView.WithoutLessons], row => Assert.InRange(row.Vector[FeatureIndex.ElapsedShare], 0, 1));
        Assert.All(rows.Evaluation, row => Assert.Equal(CourseView.AsDefined, row.View));
    }

    [Fact]
    public void Of_ViewWithoutLessons_HidesLessonsAndWork()
    {
        var course = HistoryBuilder.Courses[0] with { Lessons = [new() { Id = "lesson-1" }] };
        var learner = new LearnerHistory(new("ada"), [HistoryBuilder.Received(Event(EventKind.LessonCompleted)), HistoryBuilder.Received(Event(EventKind.AssessmentSubmitted)), HistoryBuilder.Received(Event(EventKind.Liked))]);

        Assert.Empty(CourseView.WithoutLessons.Of(course).Lessons);
        Assert.Equal(course.EndsAtMs, CourseView.WithoutLessons.Of(course).EndsAtMs);
        Assert.Equal(EventKind.Liked, Assert.Single(CourseView.WithoutLessons.Of(learner).Events).Event.Kind);
        Assert.Same(course, CourseView.AsDefined.Of(course));
        Assert.Same(learner, CourseView.AsDefined.Of(learner));
    }

    private static List<string> Evaluated(CompletionHistory history, int cutoff) =>
    [
        .. SnapshotRows.Take(history, [cutoff], new InstantPlan(cutoff, 1), [CourseView.AsDefined], null, CancellationToken.None).Evaluation
            .Select(row => $"{history.Outcomes[row.Outcome].Learner} {string.Join(' ', row.Vector)}").Order(),
    ];
}
