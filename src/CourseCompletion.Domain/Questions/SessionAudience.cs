using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>Who is reminded of a live session.</summary>
public static class SessionAudience
{
    /// <summary>Each asker once: for the newest open question, else for the newest one that is similar to an open one.</summary>
    /// <param name="course">The course.</param>
    /// <param name="questions">Its questions.</param>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<SessionAsker> Of(CourseId course, IReadOnlyCollection<QuestionState> questions, QuestionPolicy policy)
    {
        var open = questions.Where(question => !question.IsAnswered).ToList();
        var likeness = new QuestionLikeness(questions);
        var similar = open.SelectMany(question => likeness.SimilarTo(question, policy.SimilarMin)).ToHashSet();
        var asked = new Dictionary<LearnerId, QuestionState>();
        foreach (var question in questions.Where(question => !question.IsAnswered || similar.Contains(question.Id)))
        {
            if (!asked.TryGetValue(question.Asker, out var known)
                || (known.IsAnswered, question.AskedAtMs).CompareTo((question.IsAnswered, known.AskedAtMs)) > 0)
            {
                asked[question.Asker] = question;
            }
        }

        return [.. asked.Select(asker => new SessionAsker(asker.Key, AssignmentCluster.OfQuestion(course, asker.Value.Lesson, asker.Value.Id)))];
    }
}
