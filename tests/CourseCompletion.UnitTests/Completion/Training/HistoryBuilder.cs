using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Prediction.Completion;
using CourseCompletion.Prediction.Completion.Training;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Completion.Training;

/// <summary>Small histories: courses of four weeks in which the diligent finish.</summary>
internal static class HistoryBuilder
{
    public const int CourseDays = 28;

    public static readonly CourseDefinition[] Courses = [.. Enumerable.Range(0, 6).Select(i => new CourseDefinition
    {
        Course = new CourseId($"course-{i}"),
        Version = 1,
        StartsAtMs = MondayMs,
        EndsAtMs = MondayMs + (CourseDays * DayMs),
    })];

    /// <summary>A class: each learner is active on some days, and who was active on most of them finishes.</summary>
    public static CompletionHistory Class(int learners)
    {
        var histories = new Dictionary<LearnerId, LearnerHistory>();
        var outcomes = new List<EnrolmentOutcome>();
        for (var i = 0; i < learners; i++)
        {
            var learner = new LearnerId($"learner-{i:000}");
            var course = Courses[i % Courses.Length].Course;
            var chance = new Random(i);
            var diligence = chance.NextDouble();
            var days = Enumerable.Range(0, CourseDays).Where(_ => chance.NextDouble() < diligence).ToList();
            histories[learner] = new(learner, [.. days.Select(day => Received(Active(course, day, 1 + chance.Next(9))))]);
            outcomes.Add(new(learner, course, MondayMs + (CourseDays * DayMs), chance.NextDouble() < diligence));
        }

        return new(CompletionTarget.CompletedByRule, Courses.ToDictionary(course => course.Course), histories, outcomes);
    }

    /// <summary>The same history and one more learner.</summary>
    public static CompletionHistory With(this CompletionHistory history, LearnerHistory learner, CourseId course, bool completed) => history with
    {
        Learners = new Dictionary<LearnerId, LearnerHistory>(history.Learners) { [learner.Learner] = learner },
        Outcomes = [.. history.Outcomes, new(learner.Learner, course, MondayMs + (CourseDays * DayMs), completed)],
    };

    /// <summary>The same history with every learner's events changed.</summary>
    public static CompletionHistory WithEvents(this CompletionHistory history, Func<LearnerHistory, IEnumerable<ReceivedEvent>> change) => history with
    {
        Learners = history.Learners.ToDictionary(pair => pair.Key, pair => pair.Value with { Events = [.. change(pair.Value).OrderBy(e => e.ReceivedAtMs)] }),
    };

    public static ReceivedEvent Received(LearnerEvent e) => new(e, e.OccurredAtMs);

    public static LearnerEvent Active(CourseId course, int day, int count) =>
        Event(EventKind.ActivityRecorded, $"{course.Value}-{day}", MondayMs + (day * DayMs) + (12 * HourMs), course.Value) with { Count = count };
}
