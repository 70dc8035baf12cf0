using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Interests;

/// <summary>A learner's corrections of interests, for the learner service.</summary>
internal static class InterestCorrecting
{
    public static async Task<Wire.LearnerInterests> CorrectAsync(ILearnerGrain learner, Wire.CorrectInterestRequest request, ServerCallContext context)
    {
        if (InterestMapping.VerdictOf(request.Verdict) is not { } verdict)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "verdict", "Set verdict to interested, not interested or as observed."));
        }

        var outcome = await learner.CorrectInterestAsync(request.Topic, verdict).ForAsync(context).ConfigureAwait(false);
        return outcome.Refusal switch
        {
            null => InterestMapping.ToWire(outcome.Interests)!,
            { Reason: RejectionReason.LimitExceeded } full => throw GatewayErrors.LimitReached(full),
            var fault => throw GatewayErrors.Invalid(fault),
        };
    }
}
