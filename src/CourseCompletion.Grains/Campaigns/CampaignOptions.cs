using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>How campaigns run. Section <c>Campaigns</c>.</summary>
public sealed class CampaignOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Campaigns";

    /// <summary>How often a campaign looks for whom it falls due. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:01:00")]
    public TimeSpan ScanEvery { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many offers of one campaign and roster shard may be with learners at once. Default 3: 100,000 learners of eight shards in half a minute, and events keep more than half of the machine.</summary>
    [Range(1, 1_000)]
    public int OffersInFlightMax { get; set; } = 3;

    /// <summary>How often a campaign that learns sums up what came of its nudges. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "1.00:00:00")]
    public TimeSpan LearnEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How often a campaign without new offers stores how far it has looked. Default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "01:00:00")]
    public TimeSpan StoreEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How many messages a silo makes ready for channels at once; what exceeds it is told by the pending index later. Default 1,000.</summary>
    [Range(1, 100_000)]
    public int MessagesInFlightMax { get; set; } = 1_000;

    /// <summary>Whether campaigns look only when <see cref="ICampaignScanGrain"/> is asked, by who drives their time; no configuration sets it.</summary>
    internal bool ScansWhenAsked { get; set; }
}
