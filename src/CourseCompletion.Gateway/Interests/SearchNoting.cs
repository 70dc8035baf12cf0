using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Interests;

/// <summary>What learners search for, for the learner service.</summary>
internal static class SearchNoting
{
    public static async Task NoteAsync(ILearnerGrain learner, Wire.NoteSearchRequest request, ServerCallContext context)
    {
        var refusal = await learner.NoteSearchAsync(request.Query).ForAsync(context).ConfigureAwait(false);
        if (refusal is not null)
        {
            throw refusal.Reason == RejectionReason.LimitExceeded ? GatewayErrors.LimitReached(refusal) : GatewayErrors.Invalid(refusal);
        }
    }
}
