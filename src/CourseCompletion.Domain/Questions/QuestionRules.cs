using System.Text;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>How requests and the passing of time change a question. No clock, no randomness, no I/O.</summary>
/// <remarks>
/// A request that was carried out before changes nothing: questions and answers are named after their request, and the newest votes and acceptances are remembered. What has to
/// happen elsewhere is part of the state until it has happened.
/// </remarks>
public static class QuestionRules
{
    /// <summary>The longest id of a request, in bytes of UTF-8: an event's id is made of it.</summary>
    public const int RequestIdBytesMax = 120;

    private const string VoteCall = "vote";
    private const string AcceptCall = "accept";

    /// <summary>A new question.</summary>
    public static QuestionDecision Ask(LearnerId asker, string requestId, string lesson, string text, long atMs, QuestionPolicy policy)
    {
        if ((CheckCall(asker, requestId) ?? LearnerEventRules.CheckId(lesson, "lesson_id", required: false) ?? CheckText(text, policy)) is { } fault)
        {
            return QuestionDecision.Refuse(fault);
        }

        return QuestionDecision.Of(new()
        {
            Id = QuestionIds.OfQuestion(asker, requestId),
            Asker = asker,
            Lesson = lesson,
            Text = text,
            AskedAtMs = atMs,
            ChangedAtMs = atMs,
            Pending = [new(QuestionEffectKind.RecordAsked, asker, atMs, default, new(""), requestId)],
        });
    }

    /// <summary>An answer to a question; the asker is reminded of it unless an unread one before it did so lately.</summary>
    public static QuestionDecision Answer(
        QuestionState question, LearnerId answerer, string requestId, string text, IReadOnlyList<CampaignId> campaigns, long atMs, QuestionPolicy policy)
    {
        if ((CheckCall(answerer, requestId) ?? CheckText(text, policy)) is { } fault)
        {
            return QuestionDecision.Refuse(fault);
        }

        var id = QuestionIds.OfAnswer(question.Id, answerer, requestId);
        if (question.Find(id) is not null)
        {
            return QuestionDecision.Of(question);
        }

        if (question.Answers.Count >= policy.AnswersMax)
        {
            return QuestionDecision.Refuse(new(RejectionReason.LimitExceeded, "question_id", $"A question has at most {policy.AnswersMax} answers."));
        }

        var reminds = answerer != question.Asker && campaigns.Count > 0
            && !question.Answers.Skip(question.AnswersRead).Any(answer => answer.IsReminded && atMs - answer.AtMs < policy.UnreadSpellMs);
        var answered = new AnswerState { Id = id, Learner = answerer, Text = text, AtMs = atMs, IsReminded = reminds };
        return QuestionDecision.Of(question with
        {
            Answers = [.. question.Answers, answered],
            ChangedAtMs = atMs,
            Pending =
            [
                .. question.Pending,
                new(QuestionEffectKind.RecordAnswered, answerer, atMs, id, new(""), requestId),
                .. reminds ? campaigns.Select(campaign => new QuestionEffect(QuestionEffectKind.OfferAnswered, question.Asker, atMs, id, campaign, "")) : [],
            ],
        });
    }

    /// <summary>The asker accepts an answer, or another one than before.</summary>
    public static QuestionDecision Accept(QuestionState question, LearnerId learner, string requestId, AnswerId answer, long atMs, QuestionPolicy policy)
    {
        if (CheckCall(learner, requestId) is { } fault)
        {
            return QuestionDecision.Refuse(fault);
        }

        var request = QuestionIds.OfRequest(AcceptCall, learner, requestId);
        if (question.Requests.Contains(request))
        {
            return QuestionDecision.Of(question);
        }

        if (learner != question.Asker)
        {
            return QuestionDecision.Refuse(new(RejectionReason.InvalidField, "learner_id", "Only the learner who asked accepts an answer."));
        }

        if (question.Find(answer) is null)
        {
            return QuestionDecision.Refuse(NoAnswer(answer));
        }

        return QuestionDecision.Of(question with
        {
            Accepted = answer,
            ChangedAtMs = atMs,
            Requests = Remember(question.Requests, request, policy),
            Pending = [.. question.Pending, new(QuestionEffectKind.RecordAccepted, learner, atMs, answer, new(""), requestId)],
        });
    }

    /// <summary>A learner's vote on the question, or on one of its answers; it replaces the learner's vote before.</summary>
    public static QuestionDecision Vote(QuestionState question, LearnerId voter, string requestId, AnswerId? target, QuestionVote vote, long atMs, QuestionPolicy policy)
    {
        if (CheckCall(voter, requestId) is { } fault)
        {
            return QuestionDecision.Refuse(fault);
        }

        var request = QuestionIds.OfRequest(VoteCall, voter, requestId);
        if (question.Requests.Contains(request))
        {
            return QuestionDecision.Of(question);
        }

        var answer = target is { } id ? question.Find(id) : null;
        var (author, votes) = answer is null ? (question.Asker, question.Votes) : (answer.Learner, answer.Votes);
        var key = QuestionIds.OfVoter(voter);
        var refusal = vote is <= QuestionVote.Unspecified or > QuestionVote.Withdrawn ? new(RejectionReason.MissingField, "vote", "Set vote to up, down or withdrawn.")
            : target is { } unknown && answer is null ? NoAnswer(unknown)
            : author == voter ? new(RejectionReason.InvalidField, "learner_id", "Nobody votes on what they wrote themselves.")
            : votes.Voters >= policy.VotersMax && !votes.Has(key) ? new Rejection(RejectionReason.LimitExceeded, "vote", $"At most {policy.VotersMax} learners vote on it.")
            : null;
        if (refusal is not null)
        {
            return QuestionDecision.Refuse(refusal);
        }

        var next = question with { ChangedAtMs = atMs, Requests = Remember(question.Requests, request, policy) };
        var counted = votes.With(key, vote);
        return QuestionDecision.Of(answer is null
            ? next with { Votes = counted }
            : next with { Answers = [.. question.Answers.Select(other => other.Id == answer.Id ? other with { Votes = counted } : other)] });
    }

    /// <summary>The asker has read the answers: reminders of them that still wait are off.</summary>
    public static QuestionState Read(QuestionState question, LearnerId reader, IReadOnlyList<CampaignId> campaigns)
    {
        if (reader != question.Asker || question.AnswersRead == question.Answers.Count)
        {
            return question;
        }

        // An offer that was made and put off, or is just being made, is followed by one that says that it is done with: the gate then closes it.
        var closes = question.Answers.Skip(question.AnswersRead).Where(answer => answer.IsReminded)
            .SelectMany(answer => campaigns.Select(campaign => new QuestionEffect(QuestionEffectKind.CloseAnswered, question.Asker, answer.AtMs, answer.Id, campaign, "")));
        return question with
        {
            AnswersRead = question.Answers.Count,
            Pending = [.. question.Pending, .. closes],
        };
    }

    /// <summary>Whether likely answerers are to be chosen.</summary>
    public static bool IsDue(QuestionState question, long atMs, QuestionPolicy policy) =>
        question.LikelyAtMs == 0 && !question.IsAnswered && atMs >= question.AskedAtMs + policy.LikelyAfterMs;

    /// <summary>Asks likely answerers, once.</summary>
    public static QuestionState AskLikely(QuestionState question, IReadOnlyList<LearnerId> likely, IReadOnlyList<CampaignId> campaigns, long atMs, QuestionPolicy policy)
    {
        var dueAtMs = question.AskedAtMs + policy.LikelyAfterMs;
        return question with
        {
            LikelyAtMs = atMs,
            Pending =
            [
                .. question.Pending,
                .. likely.SelectMany(learner => campaigns.Select(campaign => new QuestionEffect(QuestionEffectKind.OfferLikely, learner, dueAtMs, default, campaign, ""))),
            ],
        };
    }

    /// <summary>Whether the course team is to be told that nobody answered in time.</summary>
    public static bool IsToBeTold(QuestionState question, long atMs, QuestionPolicy policy) => question.OverdueAtMs == 0 && question.IsOverdueAt(atMs, policy);

    /// <summary>Tells it, once: to those who watch, the question has changed.</summary>
    public static QuestionState TellOverdue(QuestionState question, long atMs) => question with { OverdueAtMs = atMs, ChangedAtMs = atMs };

    /// <summary>The question after some of what was pending has happened.</summary>
    public static QuestionState Acknowledge(QuestionState question, IReadOnlySet<QuestionEffect> told) =>
        question with { Pending = [.. question.Pending.Where(effect => !told.Contains(effect))] };

    /// <summary>Whether what an offer would remind of has happened already.</summary>
    public static bool IsDone(QuestionState question, QuestionEffect offer) => offer.Kind switch
    {
        QuestionEffectKind.OfferAnswered => question.Answers.Take(question.AnswersRead).Any(answer => answer.Id == offer.Answer),
        QuestionEffectKind.OfferLikely => question.IsAnswered,
        _ => true,
    };

    private static List<ulong> Remember(IReadOnlyList<ulong> requests, ulong request, QuestionPolicy policy) =>
        [.. requests.Skip(Math.Max(0, requests.Count + 1 - policy.RequestsMax)), request];

    private static Rejection NoAnswer(AnswerId answer) => new(RejectionReason.InvalidField, "answer_id", $"The question has no answer '{answer}'.");

    private static Rejection? CheckCall(LearnerId learner, string requestId) =>
        LearnerEventRules.CheckId(learner.Value, "learner_id", required: true)
        ?? LearnerEventRules.CheckId(requestId, "request_id", required: true)
        ?? (Encoding.UTF8.GetByteCount(requestId) <= RequestIdBytesMax
            ? null
            : new(RejectionReason.InvalidField, "request_id", $"Shorten request_id to at most {RequestIdBytesMax} bytes of UTF-8."));

    private static Rejection? CheckText(string text, QuestionPolicy policy) =>
        LearnerEventRules.CheckText(text, "text", policy.TextBytesMax);
}
