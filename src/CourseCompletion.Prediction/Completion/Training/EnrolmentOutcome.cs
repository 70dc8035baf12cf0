using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>How an enrolment ended: the label.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Course">The course.</param>
/// <param name="ObservedUntilMs">Up to when the history tells of it.</param>
/// <param name="Completed">Whether the target was reached.</param>
public sealed record EnrolmentOutcome(LearnerId Learner, CourseId Course, long ObservedUntilMs, bool Completed);
