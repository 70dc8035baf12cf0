using CourseCompletion.Domain.Campaigns;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>Asks a roster shard for whom a campaign falls due in a span of time.</summary>
/// <param name="Campaign">The campaign.</param>
/// <param name="AfterMs">The span's beginning, not included.</param>
/// <param name="ThroughMs">Its end, included.</param>
[GenerateSerializer, Alias("cc.audience-query"), Immutable]
internal sealed record AudienceQuery(
    [property: Id(0)] CampaignDefinition Campaign, [property: Id(1)] long AfterMs, [property: Id(2)] long ThroughMs);

/// <summary>A learner for whom a campaign falls due.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="DueAtMs">When; 0 when only deferred nudges of the learner's are to be decided again.</param>
/// <param name="Day">The learner-local day.</param>
[GenerateSerializer, Alias("cc.audience-member"), Immutable]
internal readonly record struct AudienceMember([property: Id(0)] string Learner, [property: Id(1)] long DueAtMs, [property: Id(2)] int Day);
