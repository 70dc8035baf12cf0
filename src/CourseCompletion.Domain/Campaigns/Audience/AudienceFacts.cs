using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Audience;

/// <summary>What an audience is chosen by: one enrolment as of an instant.</summary>
/// <param name="Status">Where the learner stands.</param>
/// <param name="Probability">The completion probability.</param>
/// <param name="Band">The band.</param>
/// <param name="Progress">Progress by weight, 0 to 1.</param>
/// <param name="LastActivityAtMs">The newest activity; the enrolment when there was none.</param>
/// <param name="CompletedLessons">The ids of lessons completed.</param>
public readonly record struct AudienceFacts(
    EnrolmentStatus Status,
    double Probability,
    CompletionBand Band,
    double Progress,
    long LastActivityAtMs,
    IReadOnlyList<LessonContribution> CompletedLessons)
{
    /// <summary>Those of a roster row, with its probability and band brought up to now.</summary>
    public static AudienceFacts Of(RosterRow row, double probability, CompletionBand band) => new(
        row.Status, probability, band, row.Progress, row.LastActivityAtMs == 0 ? row.EnrolledAtMs : row.LastActivityAtMs, row.Lessons);
}
