using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Peers.Learners;

/// <summary>Asks a learner to record events; the answer is a <see cref="RecordOutcome"/>.</summary>
internal sealed record RecordEvents(LearnerKey Learner, EventBatch Batch);
