using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CsCheck;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Learners;

/// <summary>Random well-formed events of every kind.</summary>
/// <remarks>
/// Histories draw their ids from small pools, so that events meet in the same lessons and objects and stay below every cap of the default policy: at a cap the
/// first to arrive wins, and then the order of arrival does matter.
/// </remarks>
internal static class LearnerEventGen
{
    public static readonly string[] Sources = ["app", "веб-плеер", "lms/2024 %2F"];

    public static readonly string[] Courses = ["algebra", "文学 / 😀", "c%25"];

    public static readonly string[] Lessons = ["lesson-1", "lesson-2", "leçon 3", "レッスン４", "quiz-1", "essay-1"];

    public static readonly string[] Objects = ["quiz-1", "essay-1", "exam", "предмет"];

    /// <summary>Any id that is allowed, of up to 128 bytes, unusual characters included.</summary>
    public static readonly Gen<string> Id = Gen.Frequency<string>(
        (4, Gen.String[Gen.Char.AlphaNumeric, 1, 20]),
        (2, Gen.String[Gen.OneOf(Gen.Char['\u0020', '\u007e'], Gen.Char['\u00a0', '\ud7ff']), 1, 42]),
        (1, Gen.String[Gen.Char['a', 'z'], 100, 128]),
        (1, Gen.OneOf("😀", "a/b", "%2F", " ", "é", "\u200d\u0301", new string('語', 42), "..", "\u00a0")));

    /// <summary>Any text that is allowed, of up to 4,096 bytes.</summary>
    public static readonly Gen<string> Text = Gen.OneOf<string>(Gen.OneOf("Why?", "Потому что 😀"), Gen.String[Gen.Char['\u0020', '\ud7ff'], 1, 1365]);

    /// <summary>An event within some days from <see cref="MondayMs"/>; its id is not unique.</summary>
    public static Gen<LearnerEvent> Event(int days) => Gen.Select(
        Kind,
        At(days),
        Gen.OneOf(Sources),
        Gen.OneOf(Courses),
        Gen.OneOf(Lessons),
        Gen.OneOf(Objects),
        Gen.Int[0, 600].Select(Gen.Int[1, 300], (from, length) => (From: from * 1000L, To: (from + length) * 1000L)),
        Gen.OneOf(0.5f, 1f, 1.25f, 2f),
        Gen.Select(Gen.Int[0, 20], Gen.OneOf(10.0, 20.0, 100.0), Gen.Int[-1, 3]),
        Gen.Select(Gen.Enum<ActivityFamily>(), Gen.Int[1, 50]),
        Gen.OneOf<string?>(null, "s1", "s2", "sesión 3"),
        (kind, at, source, course, lesson, on, interval, speed, work, counted, session) => Shape(
            new LearnerEvent
            {
                Source = source,
                EventId = "e",
                Course = new CourseId(course),
                Kind = kind,
                OccurredAtMs = at,
                Session = session,
                Lesson = lesson,
                ObjectId = on,
                Speed = speed,
                Family = counted.Item1 == 0 ? ActivityFamily.Other : counted.Item1,
                Count = counted.Item2,
                Value = Math.Min(work.Item1, work.Item2),
                MaxValue = work.Item2,
                DueAtMs = work.Item3 < 0 ? null : MondayMs + (work.Item3 * 3 * DayMs),
            },
            interval));

    /// <summary>Different events within some days, in random order of time.</summary>
    public static Gen<LearnerEvent[]> History(int countMax, int days) => Event(days).Array[1, countMax].Select(Identified);

    /// <summary>An event with every id, text and number drawn from all that is allowed.</summary>
    public static Gen<LearnerEvent> Wild() => Gen.Select(
        Event(20_000),
        Gen.Select(Id, Id, Id, Id),
        Gen.Select(Id.Null(), Id.Null(), Text.Null()),
        Gen.Long[0, LearnerEventRules.PositionMsMax].Nullable(),
        Gen.Long[-10_000_000_000, 10_000_000_000],
        Gen.Double[1, 5],
        (e, ids, optional, position, shift, stars) => e with
        {
            Source = ids.Item1,
            EventId = ids.Item2,
            Course = new CourseId(ids.Item3),
            Lesson = e.Lesson is null ? null : ids.Item4,
            ObjectId = e.ObjectId is null ? null : ids.Item1,
            Session = optional.Item1,
            TargetLearner = optional.Item2,
            Text = e.Text is null ? null : optional.Item3 ?? e.Text,
            PositionMs = position,
            ClockShiftMs = shift,
            Value = e.Kind == EventKind.Rated ? stars : e.Value,
        });

    /// <summary>Gives each event of a history an id of its own.</summary>
    public static LearnerEvent[] Identified(LearnerEvent[] history) => [.. history.Select((e, i) => e with { EventId = $"{i}·{e.Kind}" })];

    // Watching and what the course counts come more often than the rest.
    private static Gen<EventKind> Kind { get; } = Gen.Frequency<EventKind>((3, Gen.OneOf(Kinds)), (1, Gen.Const(EventKind.VideoWatched)));

    private static Gen<long> At(int days) => Gen.OneOf<long>(
        Gen.Long[0, (days * DayMs) - 1],
        Gen.Int[0, (days * 24) - 1].Select(hour => hour * HourMs)).Select(offset => MondayMs + offset);

    // Keeps the fields that the kind needs or may have.
    private static LearnerEvent Shape(LearnerEvent e, (long From, long To) interval)
    {
        var needed = LearnerEventBuilder.Event(e.Kind);
        var reacts = e.Kind is EventKind.Liked or EventKind.Unliked or EventKind.Bookmarked or EventKind.Rated;
        return e with
        {
            Lesson = needed.Lesson is null && !(reacts && interval.From % 2000 == 0) ? null : e.Lesson,
            ObjectId = needed.ObjectId is null && !(reacts && interval.To % 2000 == 0) ? null : e.ObjectId,
            FromMs = needed.ToMs == 0 ? 0 : e.Kind == EventKind.VideoSeeked && interval.From % 2000 == 0 ? interval.To : interval.From,
            ToMs = needed.ToMs == 0 ? 0 : e.Kind == EventKind.VideoSeeked && interval.From % 2000 == 0 ? interval.From : interval.To,
            PositionMs = e.Kind == EventKind.VideoPaused ? interval.From : e.PositionMs,
            Speed = needed.Speed == 0 ? 0 : e.Speed,
            Family = needed.Family == 0 ? 0 : e.Family,
            Count = needed.Count == 0 ? 0 : e.Kind == EventKind.CheckInMadeUp ? 1 + (e.Count % 7) : e.Count,
            Value = needed.Value == 0 ? 0 : e.Kind == EventKind.Rated ? 1 + (e.Value % 5) : e.Value,
            MaxValue = needed.MaxValue == 0 ? 0 : e.MaxValue,
            DueAtMs = e.Kind == EventKind.AssessmentSubmitted ? e.DueAtMs : null,
            Text = needed.Text,
        };
    }
}
