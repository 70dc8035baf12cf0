using CourseCompletion.Domain.Campaigns;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The side of a campaign that looks when it is asked.</summary>
/// <remarks>Key: <see cref="CampaignKey"/>. Called by the test kit, which moves the clock on only after the answer, so that a run is the same each time.</remarks>
[Alias("cc.ICampaignScanGrain")]
[Version(1)]
internal interface ICampaignScanGrain : IGrainWithStringKey
{
    /// <summary>Looks for whom the campaign falls due now; returns when all of them are decided.</summary>
    /// <returns>How many offers were decided anew.</returns>
    [Alias("ScanNowAsync")]
    ValueTask<int> ScanNowAsync();
}
