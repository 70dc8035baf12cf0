using CourseCompletion.Domain.Questions;
using CourseCompletion.Grains.Abstractions.Questions;

namespace CourseCompletion.Grains.Questions;

/// <summary>Questions as readers see them.</summary>
internal static class QuestionViewing
{
    /// <summary>A question with its answers.</summary>
    public static QuestionView WholeOf(QuestionState question, long nowMs, QuestionPolicy policy) => HeadOf(question, nowMs, policy) with
    {
        Answers =
        [
            .. question.Answers.Select(answer => new AnswerView(
                answer.Id.ToString(), answer.Learner.Value, answer.Text, answer.AtMs, answer.Votes.Ups, answer.Votes.Downs, question.Accepted == answer.Id)),
        ],
    };

    /// <summary>A question without its answers.</summary>
    public static QuestionView HeadOf(QuestionState question, long nowMs, QuestionPolicy policy) => new()
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
