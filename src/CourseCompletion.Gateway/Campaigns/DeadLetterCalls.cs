using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Campaigns;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Lists, re-drives and drops dead letters, for the campaign service.</summary>
internal sealed class DeadLetterCalls(ICampaignDirectory campaigns)
{
    private const int PageSizeDefault = 100;

    private IDeadLetterGrain Letters => campaigns.FindDeadLetters(DeadLetterKey.For(TenantId.Default));

    public async Task<Wire.ListDeadLettersResponse> ListAsync(Wire.ListDeadLettersRequest request, ServerCallContext context)
    {
        if (request.PageSize < 0 || request.PageSize > DeadLetterRules.PageMax)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "page_size", $"Send 0 to {DeadLetterRules.PageMax}."));
        }

        var limit = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        var page = await Letters.ListAsync(request.AfterSequence, limit).ForAsync(context).ConfigureAwait(false);
        return new() { Letters = { page.Letters.Select(ToWire) }, Total = page.Total, Overflowed = page.Overflowed };
    }

    public async Task<Wire.RedriveDeadLettersResponse> RedriveAsync(Wire.RedriveDeadLettersRequest request, ServerCallContext context)
    {
        var outcome = Read(await Letters.RedriveAsync([.. request.Sequences]).ForAsync(context).ConfigureAwait(false));
        return new() { Redriven = outcome.Done, Declined = outcome.Declined, Failed = outcome.Failed, Unknown = outcome.Unknown };
    }

    public async Task<Wire.DropDeadLettersResponse> DropAsync(Wire.DropDeadLettersRequest request, ServerCallContext context)
    {
        var outcome = Read(await Letters.DropAsync([.. request.Sequences]).ForAsync(context).ConfigureAwait(false));
        return new() { Dropped = outcome.Done, Unknown = outcome.Unknown };
    }

    private static DeadLetterOutcome Read(DeadLetterOutcome outcome) => outcome.Fault is { } fault ? throw GatewayErrors.Invalid(fault) : outcome;

    private static Wire.DeadLetter ToWire(DeadLetterView kept) => new()
    {
        Sequence = kept.Sequence,
        NudgeId = kept.Letter.NudgeId,
        LearnerId = kept.Letter.Learner.Value,
        CampaignId = kept.Letter.Campaign,
        Occurrence = kept.Letter.Occurrence,
        Channel = (Wire.NudgeChannel)kept.Letter.End.Channel,
        Refused = kept.Letter.End.Status == DeliveryStatus.Refused,
        EndedAt = TimestampMapping.From(kept.Letter.End.AtMs),
        Attempts = kept.Letter.End.Attempts,
        Reason = kept.Letter.End.Reason,
    };
}
