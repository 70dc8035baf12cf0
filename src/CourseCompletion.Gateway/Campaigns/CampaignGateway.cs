using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Engagement;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Campaigns;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Defines campaigns, lets them run, and reports what came of them.</summary>
internal sealed class CampaignGateway(ICampaignDirectory campaigns, CampaignListCalls lists, DeadLetterCalls deadLetters, GrainWatch watch, TimeProvider time) : Wire.CampaignService.CampaignServiceBase
{
    private const int PageSizeDefault = 100;
    private const int PageSizeMax = 500;
    private static readonly long _spanMsDefault = LearnerTime.DayMs;
    private static readonly long _spanMsMax = 31 * LearnerTime.DayMs;

    public override async Task<Wire.UpsertCampaignResponse> UpsertCampaign(Wire.UpsertCampaignRequest request, ServerCallContext context)
    {
        if (request.Campaign is null)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "campaign", "Set campaign: it is required here."));
        }

        var campaign = Find(request.Campaign.CampaignId, "campaign.campaign_id");
        var faults = new List<Rejection>();
        var definition = CampaignMapping.Read(request.Campaign, faults);
        if (faults.Count > 0)
        {
            throw GatewayErrors.Invalid(faults);
        }

        var outcome = await campaign.UpsertAsync(definition!, request.HasExpectedVersion ? request.ExpectedVersion : null).ForAsync(context).ConfigureAwait(false);
        if (outcome.Definition is not { } stored)
        {
            throw outcome.Faults.Count > 0 ? GatewayErrors.Invalid(outcome.Faults) : GatewayErrors.VersionConflict(outcome.CurrentVersion);
        }

        var report = await campaign.GetReportAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Campaign = CampaignMapping.ToWire(stored), MinimumDetectableEffect = report?.DetectableEffect ?? 1 };
    }

    public override async Task<Wire.GetCampaignResponse> GetCampaign(Wire.GetCampaignRequest request, ServerCallContext context)
    {
        var definition = await Find(request.CampaignId).GetDefinitionAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Campaign = CampaignMapping.ToWire(definition ?? throw NotFound(request.CampaignId)) };
    }

    public override Task<Wire.ListCampaignsResponse> ListCampaigns(Wire.ListCampaignsRequest request, ServerCallContext context) => lists.ListAsync(request, context);

    public override async Task<Wire.PauseCampaignResponse> PauseCampaign(Wire.PauseCampaignRequest request, ServerCallContext context) =>
        new() { Campaign = await SetStatusAsync(request.CampaignId, CampaignStatus.Paused, context).ConfigureAwait(false) };

    public override async Task<Wire.ResumeCampaignResponse> ResumeCampaign(Wire.ResumeCampaignRequest request, ServerCallContext context) =>
        new() { Campaign = await SetStatusAsync(request.CampaignId, CampaignStatus.Active, context).ConfigureAwait(false) };

    public override async Task<Wire.ArchiveCampaignResponse> ArchiveCampaign(Wire.ArchiveCampaignRequest request, ServerCallContext context) =>
        new() { Campaign = await SetStatusAsync(request.CampaignId, CampaignStatus.Archived, context).ConfigureAwait(false) };

    public override async Task<Wire.DryRunCampaignResponse> DryRunCampaign(Wire.DryRunCampaignRequest request, ServerCallContext context)
    {
        var fromMs = TimeOf(request.From, "from") ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var toMs = TimeOf(request.To, "to") ?? fromMs + _spanMsDefault;
        Require(toMs >= fromMs && toMs - fromMs <= _spanMsMax, "to", "Send a time from `from` to 31 days later.");
        Require(request.PageSize is >= 0 and <= PageSizeMax, "page_size", $"Send 0 to {PageSizeMax}.");
        var page = DryRunToken.Read(request.PageToken);
        Require(page is not null, "page_token", "Send the next_page_token of the page before, unchanged, or none.");
        var limit = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        var run = await Find(request.CampaignId).DryRunAsync(new(fromMs, toMs, page!.Course, page.Learner, limit)).ForAsync(context).ConfigureAwait(false)
            ?? throw NotFound(request.CampaignId);
        return new()
        {
            Nudges = { run.Entries.Select(CampaignReportMapping.ToWire) },
            NextPageToken = run.IsLast || run.Entries.Length == 0 ? "" : new DryRunToken(run.Entries[^1].Course, run.Entries[^1].Learner).Write(),
        };
    }

    public override async Task<Wire.GetCampaignReportResponse> GetCampaignReport(Wire.GetCampaignReportRequest request, ServerCallContext context)
    {
        var report = await Find(request.CampaignId).GetReportAsync().ForAsync(context).ConfigureAwait(false);
        return new() { Report = CampaignReportMapping.ToWire(report ?? throw NotFound(request.CampaignId)) };
    }

    public override Task WatchCampaign(
        Wire.WatchCampaignRequest request, IServerStreamWriter<Wire.WatchCampaignResponse> responseStream, ServerCallContext context)
    {
        var campaign = Find(request.CampaignId);
        Wire.CampaignReport? shown = null;
        return watch.RunAsync(
            async (_, end) =>
            {
                var report = await campaign.GetReportAsync().AsTask().WaitAsync(end).ConfigureAwait(false) ?? throw NotFound(request.CampaignId);
                var next = CampaignReportMapping.ToWire(report);
                var comparable = next.Clone();
                comparable.EvaluatedAt = null;
                if (comparable.Equals(shown))
                {
                    return false;
                }

                await responseStream.WriteUntilAsync(new() { Report = next }, end).ConfigureAwait(false);
                shown = comparable;
                return true;
            },
            context);
    }

    public override Task<Wire.ListDeadLettersResponse> ListDeadLetters(Wire.ListDeadLettersRequest request, ServerCallContext context) =>
        deadLetters.ListAsync(request, context);

    public override Task<Wire.RedriveDeadLettersResponse> RedriveDeadLetters(Wire.RedriveDeadLettersRequest request, ServerCallContext context) =>
        deadLetters.RedriveAsync(request, context);

    public override Task<Wire.DropDeadLettersResponse> DropDeadLetters(Wire.DropDeadLettersRequest request, ServerCallContext context) =>
        deadLetters.DropAsync(request, context);

    private ICampaignGrain Find(string campaignId, string field = "campaign_id")
    {
        if (LearnerEventRules.CheckId(campaignId, field, required: true) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        return campaigns.Find(CampaignKey.For(TenantId.Default, new(campaignId)));
    }

    private async Task<Wire.Campaign> SetStatusAsync(string campaignId, CampaignStatus status, ServerCallContext context)
    {
        var definition = await Find(campaignId).SetStatusAsync(status).ForAsync(context).ConfigureAwait(false) ?? throw NotFound(campaignId);
        return definition.Status == status
            ? CampaignMapping.ToWire(definition)
            : throw GatewayErrors.Precondition(new(RejectionReason.InvalidField, "campaign_id", "It is archived: create another campaign."));
    }

    private static long? TimeOf(Timestamp? at, string field)
    {
        if (EventMapping.TimeOf(at, field, out var ms) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        return at is null ? null : ms;
    }

    private static void Require(bool holds, string field, string message)
    {
        if (!holds)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, field, message));
        }
    }

    private static RpcException NotFound(string campaignId) => GatewayErrors.NotFound("campaign", campaignId);
}
