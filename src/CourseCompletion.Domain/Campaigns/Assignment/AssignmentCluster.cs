using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Questions;

namespace CourseCompletion.Domain.Campaigns.Assignment;

/// <summary>Learners who are drawn together, because they affect each other.</summary>
/// <param name="Value">A hash of what they share; 0 for a learner who is drawn alone.</param>
public readonly record struct AssignmentCluster(ulong Value)
{
    /// <summary>Of a learner who is drawn alone.</summary>
    public static AssignmentCluster None => default;

    /// <summary>Whether the learner is drawn alone.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Those of a course.</summary>
    public static AssignmentCluster OfCourse(CourseId course) => new(CampaignAssignment.HashOf("course", course.Value));

    /// <summary>Those who are reached about a question: with everybody about a question of the same lesson; about a question of the course as such with nobody else.</summary>
    /// <param name="course">The course.</param>
    /// <param name="lesson">The question's lesson; "" for the course.</param>
    /// <param name="question">The question.</param>
    public static AssignmentCluster OfQuestion(CourseId course, string lesson, QuestionId question) => new(lesson.Length > 0
        ? CampaignAssignment.HashOf("lesson", course.Value, lesson)
        : CampaignAssignment.HashOf("question", course.Value, question.ToString()));
}
