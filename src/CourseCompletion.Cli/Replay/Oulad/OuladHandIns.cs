using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay.Oulad;

/// <summary>When the result of an assessment could be known: at once where a computer marks it, two weeks after handing in where a tutor does.</summary>
/// <remarks>That something was handed in is known at once in any case; for tutor-marked work <c>lesson_completed</c> says so.</remarks>
internal static class OuladHandIns
{
    private static readonly TimeSpan _marking = TimeSpan.FromDays(14);

    /// <summary>What is known of one result, and when.</summary>
    public static IEnumerable<HistoryEvent> Of(Event result, OuladAssessment assessment)
    {
        if (assessment.Type == "CMA")
        {
            yield return new(result, result.OccurredAt);
            yield break;
        }

        yield return new(
            new()
            {
                EventId = DerivedId.Of($"{OuladLayout.SourceName}/hand-in/{assessment.Id}/{result.LearnerId}"),
                Source = result.Source,
                LearnerId = result.LearnerId,
                CourseId = result.CourseId,
                LessonId = assessment.Id,
                OccurredAt = result.OccurredAt,
                LessonCompleted = new(),
            },
            result.OccurredAt);
        yield return new(result, Google.Protobuf.WellKnownTypes.Timestamp.FromDateTime(result.OccurredAt.ToDateTime() + _marking));
    }
}
