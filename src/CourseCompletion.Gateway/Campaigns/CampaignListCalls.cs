using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Gateway.Errors;
using Grpc.Core;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Lists campaigns, for the campaign service.</summary>
internal sealed class CampaignListCalls(ICampaignDirectory campaigns)
{
    private const int PageSizeDefault = 100;
    private const int PageSizeMax = 500;

    // How many campaigns are asked at once, and how many for one page: a rare status is looked for over several pages.
    private const int AskedAtOnceMax = 100;
    private const int AskedMax = 1_000;

    public async Task<Wire.ListCampaignsResponse> ListAsync(Wire.ListCampaignsRequest request, ServerCallContext context)
    {
        var page = PageOf(request);
        var limit = request.PageSize == 0 ? PageSizeDefault : request.PageSize;
        var index = campaigns.FindIndex(CampaignIndexKey.For(TenantId.Default));
        var response = new Wire.ListCampaignsResponse();
        for (var asked = 0; asked < AskedMax && response.Campaigns.Count < limit; asked += AskedAtOnceMax)
        {
            var ids = await index.ListAsync(page.After, AskedAtOnceMax).ForAsync(context).ConfigureAwait(false);
            var definitions = await Task.WhenAll(ids.Select(id => DefinitionOfAsync(id, context))).ConfigureAwait(false);
            for (var i = 0; i < ids.Length && response.Campaigns.Count < limit; i++)
            {
                page = page with { After = ids[i] };

                // An id may be there whose campaign was never stored.
                if (definitions[i] is { } definition && page.Includes(definition))
                {
                    response.Campaigns.Add(CampaignMapping.ToSummary(definition));
                }
            }

            if (ids.Length < AskedAtOnceMax && (ids.Length == 0 || page.After == ids[^1]))
            {
                return response;
            }
        }

        response.NextPageToken = page.Token;
        return response;
    }

    private Task<CampaignDefinition?> DefinitionOfAsync(string id, ServerCallContext context) =>
        campaigns.Find(CampaignKey.For(TenantId.Default, new(id))).GetDefinitionAsync().ForAsync(context);

    private static CampaignPage PageOf(Wire.ListCampaignsRequest request)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, field, message));
            }
        }

        Require(request.PageSize is >= 0 and <= PageSizeMax, "page_size", $"Send a page_size from 0 to {PageSizeMax}.");
        Require(request.Status is >= Wire.CampaignStatus.Unspecified and <= Wire.CampaignStatus.Archived, "status", "Send one of the known statuses, or none.");
        if (LearnerEventRules.CheckId(request.CourseId, "course_id", required: false) is { } malformed)
        {
            faults.Add(malformed);
        }

        var page = new CampaignPage((CampaignStatus)request.Status, request.CourseId);
        var here = request.PageToken.Length == 0 ? page : page.From(request.PageToken);
        Require(here is not null, "page_token", "Send the next_page_token of a page of the same status and course.");
        return faults.Count == 0 ? here! : throw GatewayErrors.Invalid(faults);
    }
}
