using CourseCompletion.Domain.Courses;
using Orleans.CodeGeneration;
using Orleans.Concurrency;

namespace CourseCompletion.Grains.Abstractions.Questions;

/// <summary>The questions of a course, with their answers, votes and live sessions.</summary>
/// <remarks>
/// Key: <see cref="CourseKey"/>. Called by the gateway and by .NET backends. Every request has an id, unique for its learner: sent again it changes nothing and answers how the
/// question is now. What is answered is durable.
/// </remarks>
[Alias("cc.IQuestionBoardGrain")]
[Version(1)]
public interface IQuestionBoardGrain : IGrainWithStringKey
{
    /// <summary>Asks a question.</summary>
    [Alias("AskAsync")]
    ValueTask<QuestionOutcome> AskAsync(AskQuestion request);

    /// <summary>Answers one.</summary>
    [Alias("AnswerAsync")]
    ValueTask<QuestionOutcome> AnswerAsync(AnswerQuestion request);

    /// <summary>Accepts an answer; only the asker does.</summary>
    [Alias("AcceptAsync")]
    ValueTask<QuestionOutcome> AcceptAsync(AcceptAnswer request);

    /// <summary>Votes on a question or an answer; the vote replaces the learner's one before.</summary>
    [Alias("VoteAsync")]
    ValueTask<QuestionOutcome> VoteAsync(CastVote request);

    /// <summary>A question with its answers; null when there is none.</summary>
    /// <param name="questionId">The question.</param>
    /// <param name="reader">Who reads it, or null: the asker has read the answers then, and is not reminded of them any more.</param>
    [Alias("GetAsync")]
    ValueTask<QuestionView?> GetAsync(string questionId, string? reader);

    /// <summary>A page of questions, without answers.</summary>
    [Alias("ListAsync")]
    [ReadOnly]
    ValueTask<QuestionPage> ListAsync(QuestionQuery query);

    /// <summary>What changed after a revision, each question once and as it is now; waits for a change when nothing did.</summary>
    /// <param name="seen">The revision; null for whatever it is now, without questions.</param>
    /// <param name="patience">How long to wait, at most 20 seconds.</param>
    [Alias("WatchAsync")]
    [AlwaysInterleave]
    ValueTask<QuestionChanges> WatchAsync(long? seen, TimeSpan patience);

    /// <summary>Schedules a live session, or changes it; one that is moved is reminded of anew.</summary>
    [Alias("ScheduleSessionAsync")]
    ValueTask<SessionOutcome> ScheduleSessionAsync(SessionView session);

    /// <summary>Cancels a live session that has not begun; false when there is none. Nobody is reminded of it any more.</summary>
    [Alias("CancelSessionAsync")]
    ValueTask<bool> CancelSessionAsync(string session);

    /// <summary>The sessions that have not begun, by their beginning.</summary>
    [Alias("ListSessionsAsync")]
    [ReadOnly]
    ValueTask<SessionView[]> ListSessionsAsync();
}
