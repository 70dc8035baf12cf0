using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests;

/// <summary>How a topic is written, so that the same one has the same name everywhere: lower case, half width, single blanks.</summary>
public static class TopicName
{
    /// <summary>The name in its one spelling; may be empty.</summary>
    public static string Of(string text) => string.Join(' ', TextRuns.Normalised(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Checks a topic that somebody names; null when it is well-formed.</summary>
    public static Rejection? Check(string? topic, string field) =>
        LearnerEventRules.CheckId(topic, field, required: true)
        ?? (Of(topic!).Length == 0 ? new(RejectionReason.InvalidField, field, "Send a topic that is more than blanks.") : null);
}
