using CourseCompletion.Domain.Questions;

namespace CourseCompletion.Grains.Abstractions.Questions;

/// <summary>Asks a question.</summary>
/// <param name="Learner">Who asks.</param>
/// <param name="RequestId">Names the request among the learner's, 1 to 120 bytes.</param>
/// <param name="Lesson">The lesson that it is about; "" for the course.</param>
/// <param name="Text">The question, 1 to 4,096 bytes.</param>
[GenerateSerializer, Alias("cc.ask-question"), Immutable]
public sealed record AskQuestion([property: Id(0)] string Learner, [property: Id(1)] string RequestId, [property: Id(2)] string Lesson, [property: Id(3)] string Text);

/// <summary>Answers a question.</summary>
/// <param name="Learner">Who answers.</param>
/// <param name="RequestId">Names the request among the learner's, 1 to 120 bytes.</param>
/// <param name="Question">The question.</param>
/// <param name="Text">The answer, 1 to 4,096 bytes.</param>
[GenerateSerializer, Alias("cc.answer-question"), Immutable]
public sealed record AnswerQuestion([property: Id(0)] string Learner, [property: Id(1)] string RequestId, [property: Id(2)] string Question, [property: Id(3)] string Text);

/// <summary>Accepts an answer.</summary>
/// <param name="Learner">Who accepts: the asker.</param>
/// <param name="RequestId">Names the request among the learner's, 1 to 120 bytes.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer.</param>
[GenerateSerializer, Alias("cc.accept-answer"), Immutable]
public sealed record AcceptAnswer([property: Id(0)] string Learner, [property: Id(1)] string RequestId, [property: Id(2)] string Question, [property: Id(3)] string Answer);

/// <summary>Votes.</summary>
/// <param name="Learner">Who votes.</param>
/// <param name="RequestId">Names the request among the learner's, 1 to 120 bytes.</param>
/// <param name="Question">The question.</param>
/// <param name="Answer">The answer that is voted on; "" for the question itself.</param>
/// <param name="Vote">The vote.</param>
[GenerateSerializer, Alias("cc.cast-vote"), Immutable]
public sealed record CastVote(
    [property: Id(0)] string Learner, [property: Id(1)] string RequestId, [property: Id(2)] string Question, [property: Id(3)] string Answer, [property: Id(4)] QuestionVote Vote);
