using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>What has to happen because of a question; stored with it until it has, and safe to repeat.</summary>
/// <param name="Kind">What.</param>
/// <param name="Learner">To whom.</param>
/// <param name="AtMs">When it became due.</param>
/// <param name="Answer">The answer that it is about; none for the question itself.</param>
/// <param name="Campaign">The campaign that offers it; empty for an event.</param>
/// <param name="RequestId">The request that an event's id is made of; empty for an offer.</param>
public readonly record struct QuestionEffect(QuestionEffectKind Kind, LearnerId Learner, long AtMs, AnswerId Answer, CampaignId Campaign, string RequestId)
{
    /// <summary>Whether the learner's gate decides it.</summary>
    public bool IsOffer => Kind is QuestionEffectKind.OfferAnswered or QuestionEffectKind.OfferLikely or QuestionEffectKind.CloseAnswered;
}
