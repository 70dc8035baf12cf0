using CourseCompletion.Domain.Insights;

namespace CourseCompletion.Domain.Courses;

/// <summary>What one learner contributes to one lesson's funnel and retention curve.</summary>
/// <param name="Lesson">The lesson.</param>
/// <param name="Defined">Whether the course's definition has it.</param>
/// <param name="Started">Whether the learner watched some of it or completed it; merely opening it is no start.</param>
/// <param name="Completed">Whether the learner completed it.</param>
/// <param name="KnownUniqueMs">Unique milliseconds watched within the video's length; 0 when that is unknown.</param>
/// <param name="Reached">Which hundredths of the video were watched: bit k for [k/100, (k+1)/100).</param>
/// <param name="Marks">Where it was hard to follow; null while nowhere, or when the video's length is unknown.</param>
public sealed record LessonContribution(string Lesson, bool Defined, bool Started, bool Completed, long KnownUniqueMs, UInt128 Reached, LessonMarks? Marks = null);
