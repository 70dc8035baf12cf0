using System.Globalization;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Grains.Questions;

/// <summary>Carries out what a board has decided: events of learners, and offers to their gates. All of it may be repeated.</summary>
internal sealed partial class QuestionTeller(IGrainFactory grains, ILogger<QuestionTeller> log)
{
    /// <summary>Carries out one effect; returns when it is durable with the learner, or will never be.</summary>
    public Task TellAsync(CourseKey course, QuestionState question, QuestionEffect effect, long campaignVersion) => effect.IsOffer
        ? OfferAsync(course, effect.Learner, OfferOf(course, question, effect, campaignVersion))
        : RecordAsync(course, effect.Learner, EventOf(course, question, effect));

    /// <summary>Offers a reminder of a session, or closes one when the session is withdrawn.</summary>
    public Task TellAsync(CourseKey course, QuestionSession session, SessionAsker asker, QuestionListener campaign) =>
        OfferAsync(course, asker.Learner, OfferOf(course, session, asker, campaign));

    private static NudgeOffer OfferOf(CourseKey course, QuestionSession session, SessionAsker asker, QuestionListener campaign)
    {
        var variables = new List<KeyValuePair<TemplateVariable, string>>
        {
            new(TemplateVariable.SessionTitle, session.Title),
            new(TemplateVariable.SessionTime, session.StartsAtMs.ToString(CultureInfo.InvariantCulture)),
        };
        if (session.Link.Length > 0)
        {
            variables.Add(new(TemplateVariable.SessionLink, session.Link));
        }

        return new(campaign.Campaign, campaign.Version, session.Occurrence, course.Course, session.RemindsAtMs, IsScheduled: false, variables)
        {
            IsDone = session.Stage == SessionStage.Withdrawing,
            Cluster = asker.Cluster,
        };
    }

    private static NudgeOffer OfferOf(CourseKey course, QuestionState question, QuestionEffect effect, long campaignVersion)
    {
        var isAnswer = effect.Kind != QuestionEffectKind.OfferLikely;
        var variables = new List<KeyValuePair<TemplateVariable, string>>
        {
            new(TemplateVariable.QuestionId, question.Id.ToString()),
            new(TemplateVariable.QuestionText, QuestionExcerpt.Of(question.Text)),
        };
        if (isAnswer)
        {
            variables.Add(new(TemplateVariable.AnswerText, QuestionExcerpt.Of(question.Find(effect.Answer)!.Text)));
        }

        return new(
            effect.Campaign,
            campaignVersion,
            isAnswer ? $"answered:{effect.Answer}" : $"likely:{question.Id}",
            course.Course,
            effect.AtMs,
            IsScheduled: false,
            variables)
        {
            IsTransactional = isAnswer,
            IsDone = QuestionRules.IsDone(question, effect),
            Cluster = AssignmentCluster.OfQuestion(course.Course, question.Lesson, question.Id),
        };
    }

    private static LearnerEvent EventOf(CourseKey course, QuestionState question, QuestionEffect effect)
    {
        var made = new LearnerEvent
        {
            Source = LearnerEventRules.OwnSource,
            EventId = "",
            Kind = EventKind.Unspecified,
            Course = course.Course,
            OccurredAtMs = effect.AtMs,
            Lesson = question.Lesson.Length == 0 ? null : question.Lesson,
        };
        return effect.Kind switch
        {
            QuestionEffectKind.RecordAsked => made with
            {
                EventId = $"ask:{effect.RequestId}",
                Kind = EventKind.QuestionAsked,
                ObjectId = question.Id.ToString(),
                Text = question.Text,
            },
            QuestionEffectKind.RecordAnswered => made with
            {
                EventId = $"answer:{effect.RequestId}",
                Kind = EventKind.QuestionAnswered,
                ObjectId = question.Id.ToString(),
                Text = question.Find(effect.Answer)!.Text,
            },
            _ => made with
            {
                EventId = $"accept:{effect.RequestId}",
                Kind = EventKind.AnswerAccepted,
                ObjectId = effect.Answer.ToString(),
                TargetLearner = question.Find(effect.Answer)!.Learner.Value,
            },
        };
    }

    private async Task OfferAsync(CourseKey course, LearnerId learner, NudgeOffer offer)
    {
        try
        {
            await grains.GetGrain<ILearnerNudgeGrain>(LearnerKey.For(course.Tenant, learner).Value).OfferNudgeAsync(offer);
        }
        catch (ArgumentException e)
        {
            // The campaign is gone: nobody offers it any more.
            LogOfferRefused(log, course.Value, offer.Campaign.Value, e);
        }
    }

    private async Task RecordAsync(CourseKey course, LearnerId learner, LearnerEvent learnerEvent)
    {
        var outcome = await grains.GetGrain<ILearnerGrain>(LearnerKey.For(course.Tenant, learner).Value).RecordAsync(new EventBatch([learnerEvent], 0));
        switch (outcome.Results[0])
        {
            case { Status: EventStatus.Retry }:
                throw new StoreUnavailableException("The learner could not record the event; it is told again.");
            case { Status: EventStatus.Rejected, Rejection: { } rejection }:
                LogEventRefused(log, course.Value, rejection.Reason, rejection.Field);
                break;
        }
    }

    [LoggerMessage(2480, LogLevel.Warning, "A question of course {Course} was offered to a campaign that is not there: {Campaign}.")]
    private static partial void LogOfferRefused(ILogger logger, string course, string campaign, Exception e);

    [LoggerMessage(2481, LogLevel.Warning, "A learner does not take the event of a question in course {Course}: {Reason} of {Field}.")]
    private static partial void LogEventRefused(ILogger logger, string course, RejectionReason reason, string field);
}
