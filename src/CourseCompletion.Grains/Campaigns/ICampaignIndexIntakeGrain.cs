using CourseCompletion.Domain.Campaigns.Index;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The side of a tenant's index of campaigns that campaigns call.</summary>
/// <remarks>Key: <see cref="CampaignIndexKey"/>.</remarks>
[Alias("cc.ICampaignIndexIntakeGrain")]
[Version(1)]
internal interface ICampaignIndexIntakeGrain : IGrainWithStringKey
{
    /// <summary>Notes that there will be a campaign; false when there is no room. Safe to repeat; durable when it returns.</summary>
    [Alias("RegisterAsync")]
    ValueTask<bool> RegisterAsync(string campaign);

    /// <summary>Takes what a campaign found about completion, and answers what it means in the light of the others. Stored within a minute.</summary>
    [Alias("PoolAsync")]
    ValueTask<CompletionPool> PoolAsync(CompletionFound found);
}

/// <summary>What a campaign's own outcomes say about completion.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="Value">The estimated effect, a difference in shares.</param>
/// <param name="StandardError">Its standard error; infinite while nothing is known.</param>
/// <param name="Units">How many units it rests on.</param>
/// <param name="EligibleAtCreation">To how many learners its intervals are tuned.</param>
[GenerateSerializer, Alias("cc.completion-found"), Immutable]
internal readonly record struct CompletionFound(
    [property: Id(0)] string Campaign, [property: Id(1)] double Value, [property: Id(2)] double StandardError, [property: Id(3)] long Units, [property: Id(4)] long EligibleAtCreation);

/// <summary>What the tenant's campaigns say about it together.</summary>
/// <param name="Value">The effect, a difference in shares.</param>
/// <param name="Low">The lower bound of its interval.</param>
/// <param name="High">The upper bound.</param>
/// <param name="Campaigns">How many campaigns' effects it rests on.</param>
[GenerateSerializer, Alias("cc.completion-pool"), Immutable]
internal readonly record struct CompletionPool([property: Id(0)] double Value, [property: Id(1)] double Low, [property: Id(2)] double High, [property: Id(3)] int Campaigns);
