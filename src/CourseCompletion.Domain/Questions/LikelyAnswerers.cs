using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>Who is asked when nobody answers.</summary>
public static class LikelyAnswerers
{
    /// <summary>Those who answered in the course before, as its questions tell.</summary>
    /// <param name="questions">The course's questions.</param>
    /// <param name="similar">Those that are similar to the one in question.</param>
    public static IReadOnlyList<LikelyAnswerer> Of(IEnumerable<QuestionState> questions, IReadOnlySet<QuestionId> similar)
    {
        var answerers = new Dictionary<LearnerId, LikelyAnswerer>();
        foreach (var question in questions)
        {
            foreach (var answer in question.Answers.Where(answer => answer.Learner != question.Asker))
            {
                var known = answerers.GetValueOrDefault(answer.Learner, new(answer.Learner, 0, 0, false, 0));
                answerers[answer.Learner] = known with
                {
                    Answers = known.Answers + 1,
                    Accepted = known.Accepted + (question.Accepted == answer.Id ? 1 : 0),
                    ActiveAtMs = Math.Max(known.ActiveAtMs, answer.AtMs),
                    Similar = known.Similar + (similar.Contains(question.Id) ? 1 : 0),
                };
            }
        }

        return [.. answerers.Values];
    }

    /// <summary>At most <see cref="QuestionPolicy.LikelyMax"/> of those who are active: by answers to similar questions, then by answers given, accepted ones twice, then who finished the lesson, then the most recently active.</summary>
    /// <param name="question">The question.</param>
    /// <param name="known">Learners from any source; what several say of one is put together.</param>
    /// <param name="atMs">The instant.</param>
    /// <param name="policy">The policy.</param>
    public static IReadOnlyList<LearnerId> Choose(QuestionState question, IEnumerable<LikelyAnswerer> known, long atMs, QuestionPolicy policy) =>
    [
        .. known.GroupBy(answerer => answerer.Learner)
            .Select(same => new LikelyAnswerer(
                same.Key, same.Sum(one => one.Answers), same.Sum(one => one.Accepted), same.Any(one => one.FinishedLesson), same.Max(one => one.ActiveAtMs), same.Sum(one => one.Similar)))
            .Where(answerer => answerer.Learner != question.Asker && answerer.ActiveAtMs > atMs - policy.LikelyActiveMs && (answerer.Answers > 0 || answerer.FinishedLesson))
            .OrderByDescending(answerer => answerer.Similar)
            .ThenByDescending(answerer => answerer.Answers + answerer.Accepted)
            .ThenByDescending(answerer => answerer.FinishedLesson)
            .ThenByDescending(answerer => answerer.ActiveAtMs)
            .ThenBy(answerer => answerer.Learner.Value, StringComparer.Ordinal)
            .Take(policy.LikelyMax)
            .Select(answerer => answerer.Learner),
    ];
}
