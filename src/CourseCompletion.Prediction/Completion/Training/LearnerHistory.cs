using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Everything that was received of one learner, in the order of receipt.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Events">The events; equal times keep the order of the source.</param>
public sealed record LearnerHistory(LearnerId Learner, IReadOnlyList<ReceivedEvent> Events);

/// <summary>An event, and when it was received: not before that could a running engine have known of it.</summary>
/// <param name="Event">The event.</param>
/// <param name="ReceivedAtMs">When it was received, in milliseconds since 1970-01-01 UTC.</param>
public readonly record struct ReceivedEvent(LearnerEvent Event, long ReceivedAtMs);

/// <summary>A question: what did the features of an enrolment look like just before an instant?</summary>
/// <param name="Course">The course.</param>
/// <param name="AsOfMs">The instant; what was received at it or later is not known yet.</param>
public readonly record struct SnapshotRequest(CourseId Course, long AsOfMs);
