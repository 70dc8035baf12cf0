using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests;

/// <summary>A learner's newest comment in a course.</summary>
/// <param name="Learner">Who wrote it.</param>
/// <param name="AtMs">When.</param>
/// <param name="Excerpt">Its beginning.</param>
/// <param name="Lesson">The lesson; empty for the course.</param>
public readonly record struct WrittenComment(LearnerId Learner, long AtMs, string Excerpt, string Lesson);
