using CourseCompletion.Grains.Abstractions.Questions;
using Google.Protobuf.WellKnownTypes;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Questions;

/// <summary>Puts questions, answers and sessions on the wire.</summary>
internal static class QuestionMapping
{
    public static Wire.Question ToWire(QuestionView question) => new()
    {
        QuestionId = question.Question,
        LearnerId = question.Asker,
        LessonId = question.Lesson,
        Text = question.Text,
        AskedAt = TimestampMapping.From(question.AskedAtMs),
        ChangedAt = TimestampMapping.From(question.ChangedAtMs),
        UpVotes = question.UpVotes,
        DownVotes = question.DownVotes,
        AnswerCount = question.AnswerCount,
        AcceptedAnswerId = question.AcceptedAnswer,
        IsAnswered = question.IsAnswered,
        IsOverdue = question.IsOverdue,
        Answers = { question.Answers.Select(ToWire) },
    };

    public static Wire.QuestionSession ToWire(SessionView session) => new()
    {
        SessionId = session.Session,
        Title = session.Title,
        StartsAt = TimestampMapping.From(session.StartsAtMs),
        Link = session.Link,
        RemindBefore = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(session.LeadMs)),
    };

    private static Wire.Answer ToWire(AnswerView answer) => new()
    {
        AnswerId = answer.Answer,
        LearnerId = answer.Learner,
        Text = answer.Text,
        AnsweredAt = TimestampMapping.From(answer.AtMs),
        UpVotes = answer.UpVotes,
        DownVotes = answer.DownVotes,
        IsAccepted = answer.IsAccepted,
    };
}
