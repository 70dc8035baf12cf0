using System.Globalization;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Domain.Courses;

/// <summary>The key of one shard of a course's roster: <c>{tenant}/{course}/{shard}</c>, percent-encoded.</summary>
public readonly record struct RosterKey
{
    private RosterKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>The course that the shard belongs to.</summary>
    public CourseKey Course => CourseKey.Parse(Value[..Value.LastIndexOf('/')]);

    /// <summary>The shard's number, from 0.</summary>
    public int Shard => int.Parse(Value.AsSpan(Value.LastIndexOf('/') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>Builds the key of a shard.</summary>
    public static RosterKey For(CourseKey course, int shard) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{course.Value}/{shard}"));

    /// <summary>Builds the key under which the rows of a campaign's tally are kept, beside rosters; no course has such a key.</summary>
    public static RosterKey For(CampaignKey campaign, int shard) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{campaign.Target}/{shard}"));

    /// <summary>Builds the key under which rows for a recommender are gathered; no course has such a key.</summary>
    public static RosterKey For(RecommenderKey recommender) => new($"{recommender.Target}/0");

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not <c>{tenant}/{course}/{shard}</c>.</exception>
    public static RosterKey Parse(string text)
    {
        var slash = text.LastIndexOf('/');
        if (slash < 0 || !int.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            throw new FormatException($"'{text}' is not a roster key ({{tenant}}/{{course}}/{{shard}}).");
        }

        _ = CourseKey.Parse(text[..slash]);
        return new(text);
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
