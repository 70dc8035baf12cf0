using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>The values of which the golden files are the stored form: every field set, ids beyond ASCII, nothing random.</summary>
internal static class GoldenValues
{
    public static LearnerFrame Frame => new(
        42,
        MondayMs + 5,
        3,
        "prior-1",
        [
            .. Kinds.Select((kind, i) => Event(kind, $"event-{i}", MondayMs + i)),
            Event(EventKind.AssessmentSubmitted, "课程/😀") with
            {
                Source = "веб",
                ClockShiftMs = -180_000,
                Lesson = "leçon 3",
                Session = "s1",
                TargetLearner = "bob",
                PositionMs = 61_000,
                DueAtMs = MondayMs + DayMs,
                Text = "Why?",
            },
        ],
        "app",
        [new(new CourseId("algebra"), 7, 0.625f, false), new(new CourseId("文学"), 1, 1, true)]);

    public static RosterRow Row => new()
    {
        Learner = new LearnerId("ада"),
        Version = new RowVersion(2, 1_000_001, 7),
        Status = EnrolmentStatus.Withdrawn,
        EnrolledAtMs = MondayMs,
        LastActivityAtMs = MondayMs + HourMs,
        ActiveMask = 0x8000_0000_0000_0005,
        Progress = 0.5f,
        Probability = 0.25f,
        EvaluatedAtMs = MondayMs + DayMs,
        Counts = new RosterCounts(1, 2, 3, 4, 5, 6, 7, 8, 9_000, 10_000, 300),
        Lessons =
        [
            new LessonContribution("lesson-1", true, true, true, 95_000, (UInt128.One << 100) - 1),
            new LessonContribution("leçon 3", false, false, false, 0, 0),
            new LessonContribution("lesson-4", true, true, false, 20_000, (UInt128.One << 99) | 5),
        ],
        Features = [.. Enumerable.Range(0, 64).Select(i => i / 8f)], // As many as there were when the file was written.
    };

    public static CourseDefinition Course => new()
    {
        Course = new CourseId("文学"),
        Version = 7,
        Title = "Literature",
        Tags = ["reading", "été"],
        Lessons =
        [
            new LessonDefinition
            {
                Id = "lesson-1",
                Title = "One",
                Kind = LessonKind.Video,
                LengthMs = 100_000,
                Weight = 2.5,
                DueAtMs = MondayMs,
                CompletionThreshold = 0.9,
            },
            new LessonDefinition { Id = "essay", Kind = LessonKind.Assignment, Required = false },
        ],
        Rule = new CompletionRule(CompletionRuleKind.Assessment, 0.6, "exam"),
        StartsAtMs = MondayMs,
        EndsAtMs = MondayMs + (30 * DayMs),
        TimeZone = "Asia/Kathmandu",
        IsDraft = true,
        CreatedAtMs = MondayMs - DayMs,
        UpdatedAtMs = MondayMs,
    };

    public static ModelCatalog Models => new()
    {
        Revision = 300,
        Models =
        [
            new(new("дерево-1", "passed", 268, 2, 21_333, 0.5f, 0x8000_0000_0000_0001), MondayMs),
            new(new("trees-2", "completed_by_rule", 30, 2, 0, 1, 0), MondayMs + DayMs),
        ],
        Champions = [new("дерево-1", MondayMs), new("prior-1", MondayMs + HourMs)],
        Shadow = "trees-2",
    };

    /// <summary>The learner of the golden snapshot. Only a new format needs it: a stored snapshot stays what it is when folding changes.</summary>
    public static LearnerState Learner()
    {
        const string literature = "文学";
        var state = new LearnerState();
        LearnerFrame[] frames =
        [
            new(
                1,
                MondayMs + DayMs,
                1,
                "prior-1",
                [
                    Event(EventKind.Withdrew, "1") with { Source = "веб" },
                    Event(EventKind.Liked, "2", course: literature) with { Source = "веб" },
                    Event(EventKind.Rated, "3", course: literature) with { Source = "веб", ObjectId = "é", Value = 4.5 },
                    Watched("lesson-1", 0, 20_000, "4") with { Source = "веб", Session = "s0" },
                    Watched("lesson-1", 5_000, 15_000, "5"),
                    Event(EventKind.CheckedIn, "6", course: literature),
                ],
                null,
                [new(new CourseId("algebra"), 1, 0.5f, false), new(new CourseId(literature), 1, 0.5f, false)]),
            new(
                2,
                MondayMs + (80 * DayMs),
                1,
                "prior-1",
                [
                    Watched("lesson-1", 30_000, 40_000, "7", MondayMs + (70 * DayMs)) with { Session = "s1", Speed = 3 },
                    Event(EventKind.Enrolled, "8", MondayMs + (70 * DayMs)),
                    Event(EventKind.AssessmentSubmitted, "9", MondayMs + (70 * DayMs)) with { Session = "s1", DueAtMs = MondayMs + DayMs },
                    Event(EventKind.ActivityRecorded, "10", MondayMs + (70 * DayMs), literature),
                    Event(EventKind.SessionStarted, "11", MondayMs + (70 * DayMs)) with { Session = "s1" },
                ],
                null,
                [new(new CourseId("algebra"), 1, 0.75f, true), new(new CourseId(literature), 1, 0.5f, false)]),
        ];
        Array.ForEach(frames, frame => frame.Replay(state, LearnerPolicy.Default));
        return state;
    }
}
