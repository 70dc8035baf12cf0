using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Report;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>How an offer travels between silos.</summary>
[GenerateSerializer, Alias("cc.nudge-offer")]
internal struct NudgeOfferSurrogate
{
    [Id(0)]
    public string Campaign { get; set; }

    [Id(1)]
    public long CampaignVersion { get; set; }

    [Id(2)]
    public string Occurrence { get; set; }

    [Id(3)]
    public string Course { get; set; }

    [Id(4)]
    public long DueAtMs { get; set; }

    [Id(5)]
    public bool IsScheduled { get; set; }

    [Id(6)]
    public TemplateVariable[] Variables { get; set; }

    [Id(7)]
    public string[] Values { get; set; }

    [Id(8)]
    public bool IsTransactional { get; set; }

    [Id(9)]
    public bool IsDone { get; set; }

    [Id(10)]
    public ulong Cluster { get; set; }
}

/// <summary>Converts offers.</summary>
[RegisterConverter]
internal sealed class NudgeOfferConverter : IConverter<NudgeOffer, NudgeOfferSurrogate>
{
    public NudgeOffer ConvertFromSurrogate(in NudgeOfferSurrogate surrogate)
    {
        var values = surrogate.Values;
        return new(
            new CampaignId(surrogate.Campaign),
            surrogate.CampaignVersion,
            surrogate.Occurrence,
            new CourseId(surrogate.Course),
            surrogate.DueAtMs,
            surrogate.IsScheduled,
            [.. surrogate.Variables.Select((variable, i) => new KeyValuePair<TemplateVariable, string>(variable, values[i]))])
        {
            IsTransactional = surrogate.IsTransactional,
            IsDone = surrogate.IsDone,
            Cluster = new(surrogate.Cluster),
        };
    }

    public NudgeOfferSurrogate ConvertToSurrogate(in NudgeOffer value) => new()
    {
        Campaign = value.Campaign.Value,
        CampaignVersion = value.CampaignVersion,
        Occurrence = value.Occurrence,
        Course = value.Course.Value,
        DueAtMs = value.DueAtMs,
        IsScheduled = value.IsScheduled,
        Variables = [.. value.Variables.Select(pair => pair.Key)],
        Values = [.. value.Variables.Select(pair => pair.Value)],
        IsTransactional = value.IsTransactional,
        IsDone = value.IsDone,
        Cluster = value.Cluster.Value,
    };
}

/// <summary>How a row of a tally travels between silos: in its stored layout.</summary>
[GenerateSerializer, Alias("cc.campaign-row")]
internal struct CampaignRowSurrogate
{
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts rows of tallies.</summary>
[RegisterConverter]
internal sealed class CampaignRowConverter : IConverter<CampaignRow, CampaignRowSurrogate>
{
    public CampaignRow ConvertFromSurrogate(in CampaignRowSurrogate surrogate) => CampaignRowCodec.Decode(surrogate.Payload);

    public CampaignRowSurrogate ConvertToSurrogate(in CampaignRow value) => new() { Payload = CampaignRowCodec.Encode(value) };
}

/// <summary>How the sums of a tally travel between silos.</summary>
[GenerateSerializer, Alias("cc.campaign-tally")]
internal struct CampaignTallySurrogate
{
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts the sums of tallies.</summary>
[RegisterConverter]
internal sealed class CampaignTallyConverter : IConverter<CampaignTally, CampaignTallySurrogate>
{
    public CampaignTally ConvertFromSurrogate(in CampaignTallySurrogate surrogate) => CampaignTally.Decode(surrogate.Payload);

    public CampaignTallySurrogate ConvertToSurrogate(in CampaignTally value) => new() { Payload = value.Encode() };
}

/// <summary>How the sums that models of uplift are fitted on travel between silos.</summary>
[GenerateSerializer, Alias("cc.uplift-moments")]
internal struct UpliftMomentsSurrogate
{
    [Id(0)]
    public byte[] Payload { get; set; }
}

/// <summary>Converts the sums that models of uplift are fitted on.</summary>
[RegisterConverter]
internal sealed class UpliftMomentsConverter : IConverter<UpliftMoments, UpliftMomentsSurrogate>
{
    public UpliftMoments ConvertFromSurrogate(in UpliftMomentsSurrogate surrogate) => UpliftMomentsCodec.Decode(surrogate.Payload);

    public UpliftMomentsSurrogate ConvertToSurrogate(in UpliftMoments value) => new() { Payload = UpliftMomentsCodec.Encode(value) };
}
