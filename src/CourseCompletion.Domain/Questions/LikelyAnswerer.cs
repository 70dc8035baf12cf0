using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>A learner who may know the answer.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Answers">How many of the course's kept questions the learner answered.</param>
/// <param name="Accepted">How many of those answers were accepted.</param>
/// <param name="FinishedLesson">Whether the learner is known to have finished the question's lesson.</param>
/// <param name="ActiveAtMs">The learner's newest sign of life in the course.</param>
/// <param name="Similar">How many of the answered questions are similar to the one in question.</param>
public readonly record struct LikelyAnswerer(LearnerId Learner, int Answers, int Accepted, bool FinishedLesson, long ActiveAtMs, int Similar = 0);
