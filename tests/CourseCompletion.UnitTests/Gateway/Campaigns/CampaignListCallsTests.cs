using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Campaigns.Index;
using CourseCompletion.Gateway.Campaigns;
using CourseCompletion.Grains.Abstractions.Campaigns;
using CourseCompletion.UnitTests.Campaigns;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Campaigns;

public sealed class CampaignListCallsTests
{
    private readonly FakeCampaigns _campaigns = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(500)]
    public async Task List_PageByPage_HasEveryStoredCampaignOnce(int pageSize)
    {
        for (var i = 0; i < 230; i++)
        {
            _campaigns.Add($"campaign-{i:000}", i % 3 == 0 ? null : CampaignStatus.Active);
        }

        var listed = await AllAsync(new() { PageSize = pageSize });

        Assert.Equal(Enumerable.Range(0, 230).Where(i => i % 3 != 0).Select(i => $"campaign-{i:000}"), listed.Select(campaign => campaign.CampaignId));
    }

    [Fact]
    public async Task List_StatusAndCourse_HasOnlyThose()
    {
        _campaigns.Add("a", CampaignStatus.Active);
        _campaigns.Add("b", CampaignStatus.Paused);
        _campaigns.Add("c", CampaignStatus.Paused, "music");
        _campaigns.Add("d", CampaignStatus.Archived);

        Assert.Equal(["b", "c"], (await AllAsync(new() { Status = Wire.CampaignStatus.Paused })).Select(campaign => campaign.CampaignId));
        Assert.Equal(["c"], (await AllAsync(new() { Status = Wire.CampaignStatus.Paused, CourseId = "music" })).Select(campaign => campaign.CampaignId));
        Assert.Equal(4, (await AllAsync(new())).Count);
    }

    // A rare status is looked for over several pages, so that no call asks all of ten thousand campaigns.
    [Fact]
    public async Task List_FewBelong_AsksSoManyAPage()
    {
        for (var i = 0; i < 2_500; i++)
        {
            _campaigns.Add($"campaign-{i:0000}", i == 2_400 ? CampaignStatus.Paused : CampaignStatus.Active);
        }

        var first = await ListAsync(new() { Status = Wire.CampaignStatus.Paused });

        Assert.Empty(first.Campaigns);
        Assert.NotEmpty(first.NextPageToken);
        Assert.Equal("campaign-2400", Assert.Single(await AllAsync(new() { Status = Wire.CampaignStatus.Paused })).CampaignId);
    }

    [Fact]
    public async Task List_Malformed_NamesTheFields()
    {
        _campaigns.Add("a", CampaignStatus.Active);
        _campaigns.Add("b", CampaignStatus.Active);
        var token = (await ListAsync(new() { PageSize = 1 })).NextPageToken;

        Assert.Equal("page_token", await FieldsAsync(new() { PageToken = "!" }));
        Assert.Equal("page_token", await FieldsAsync(new() { PageToken = "AAAA" }));
        Assert.Equal("page_token", await FieldsAsync(new() { PageToken = token, CourseId = "music" }));
        Assert.Equal("page_token", await FieldsAsync(new() { PageToken = token, Status = Wire.CampaignStatus.Active }));
        Assert.Equal("page_size, status, course_id", await FieldsAsync(new() { PageSize = 501, Status = (Wire.CampaignStatus)9, CourseId = "\n" }));
        Assert.Single((await ListAsync(new() { PageSize = 500, PageToken = token })).Campaigns);
    }

    private Task<Wire.ListCampaignsResponse> ListAsync(Wire.ListCampaignsRequest request) => new CampaignListCalls(_campaigns).ListAsync(request, new FakeCall());

    private async Task<List<Wire.CampaignSummary>> AllAsync(Wire.ListCampaignsRequest request)
    {
        var listed = new List<Wire.CampaignSummary>();
        while (true)
        {
            var page = await ListAsync(request);
            listed.AddRange(page.Campaigns);
            if (page.NextPageToken.Length == 0)
            {
                return listed;
            }

            request = new(request) { PageToken = page.NextPageToken };
        }
    }

    private async Task<string> FieldsAsync(Wire.ListCampaignsRequest request)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ListAsync(request));
        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        return string.Join(", ", error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(fault => fault.Field));
    }

    private sealed class FakeCampaigns : ICampaignDirectory, ICampaignIndexGrain
    {
        private readonly CampaignIndex _index = new();
        private readonly Dictionary<CampaignKey, CampaignDefinition> _definitions = [];

        public void Add(string campaign, CampaignStatus? status, string course = "algebra")
        {
            _index.TryAdd(campaign);
            if (status is { } stored)
            {
                var definition = CampaignBuilder.Campaign(campaign) with { Status = stored, Courses = [new(course)] };
                _definitions.Add(CampaignKey.For(Domain.Tenants.TenantId.Default, new(campaign)), definition);
            }
        }

        public ICampaignGrain Find(CampaignKey key) => new FakeCampaign(_definitions.GetValueOrDefault(key));

        public ICampaignIndexGrain FindIndex(CampaignIndexKey key) => this;

        public IDeadLetterGrain FindDeadLetters(DeadLetterKey key) => throw new NotSupportedException();

        public ValueTask<string[]> ListAsync(string? after, int limit) => new(_index.After(after, limit));
    }

    private sealed class FakeCampaign(CampaignDefinition? definition) : ICampaignGrain
    {
        public ValueTask<CampaignDefinition?> GetDefinitionAsync() => new(definition);

        public ValueTask<CampaignUpsertOutcome> UpsertAsync(CampaignDefinition definition, long? expectedVersion) => throw new NotSupportedException();

        public ValueTask<CampaignDefinition?> SetStatusAsync(CampaignStatus status) => throw new NotSupportedException();

        public ValueTask<CampaignReport?> GetReportAsync() => throw new NotSupportedException();

        public ValueTask<DryRunPage?> DryRunAsync(DryRunQuery query) => throw new NotSupportedException();
    }
}
