using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Grains.Abstractions.Questions;

namespace CourseCompletion.Grains.Questions;

/// <summary>Questions as readers see them.</summary>
internal static class QuestionViewing
{
    private const int PageMax = 100;

    /// <summary>The questions that are asked for, without their answers.</summary>
    public static QuestionPage PageOf(IEnumerable<QuestionState> questions, QuestionQuery query, long nowMs, QuestionPolicy policy)
    {
        var limit = Math.Clamp(query.Limit, 1, PageMax);
        QuestionPosition? after = query.After is { } cursor && QuestionId.TryParse(cursor.Question, out var question) ? new(cursor.Score, cursor.AskedAtMs, question) : null;
        LearnerId? asker = query.Asker is { } learner ? new(learner) : null;
        var found = new QuestionSelection(query.Filter, query.Lesson, asker, query.Order, after, limit + 1).From(questions, nowMs, policy);
        return new([.. found.Take(limit).Select(one => HeadOf(one, nowMs, policy))], found.Count <= limit);
    }

    /// <summary>The questions that changed after a revision, in the order in which they did; a page of them at most.</summary>
    public static QuestionChanges ChangesAfter(IEnumerable<QuestionState> questions, long revision, long nowMs, QuestionPolicy policy)
    {
        var changed = questions.Where(question => question.Revision > revision).OrderBy(question => question.Revision).Take(PageMax).ToList();
        return new([.. changed.Select(question => HeadOf(question, nowMs, policy))], changed.Count > 0 ? changed[^1].Revision : revision);
    }

    /// <summary>A question with its answers.</summary>
    public static QuestionView WholeOf(QuestionState question, long nowMs, QuestionPolicy policy) => HeadOf(question, nowMs, policy) with
    {
        Answers =
        [
            .. question.Answers.Select(answer => new AnswerView(
                answer.Id.ToString(), answer.Learner.Value, answer.Text, answer.AtMs, answer.Votes.Ups, answer.Votes.Downs, question.Accepted == answer.Id)),
        ],
    };

    private static QuestionView HeadOf(QuestionState question, long nowMs, QuestionPolicy policy) => new()
    {
        Question = question.Id.ToString(),
        Asker = question.Asker.Value,
        Lesson = question.Lesson,
        Text = question.Text,
        AskedAtMs = question.AskedAtMs,
        ChangedAtMs = question.ChangedAtMs,
        UpVotes = question.Votes.Ups,
        DownVotes = question.Votes.Downs,
        AnswerCount = question.Answers.Count,
        AcceptedAnswer = question.Accepted?.ToString() ?? "",
        IsAnswered = question.IsAnswered,
        IsOverdue = question.IsOverdueAt(nowMs, policy),
        Answers = [],
    };
}
