using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Grains.Campaigns;

/// <summary>The key of a campaign's shard: <c>{tenant}/{campaign}/{course}/{shard}</c>, percent-encoded.</summary>
internal readonly record struct CampaignShardKey(CampaignKey Campaign, RosterKey Roster)
{
    /// <summary>The key's text: the campaign's key, then the roster's without its tenant.</summary>
    public string Value => $"{Campaign.Value}/{Roster.Value[(Roster.Value.IndexOf('/', StringComparison.Ordinal) + 1)..]}";

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not such a key.</exception>
    public static CampaignShardKey Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 4
            ? new(CampaignKey.Parse($"{parts[0]}/{parts[1]}"), RosterKey.Parse($"{parts[0]}/{parts[2]}/{parts[3]}"))
            : throw new FormatException($"'{text}' is not the key of a campaign's shard ({{tenant}}/{{campaign}}/{{course}}/{{shard}}).");
    }
}
