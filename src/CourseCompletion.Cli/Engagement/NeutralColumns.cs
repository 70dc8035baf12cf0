namespace CourseCompletion.Cli.Engagement;

/// <summary>The columns of the neutral engagement layout, in the order in which they are written.</summary>
internal static class NeutralColumns
{
    /// <summary>The columns that every file has.</summary>
    public static readonly IReadOnlyList<string> Base =
        ["occurred_at", "event_id", "source", "learner_id", "course_id", "kind", "object_id", "count", "value", "text"];

    /// <summary>The column, of histories only, that says when an event was received.</summary>
    public const string ReceivedAt = "received_at";

    /// <summary>All columns of an event.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        .. Base, "lesson_id", "session_id", "position", "from", "to", "speed", "max_value", "due_at", "target_learner_id",
    ];
}
