using System.Globalization;
using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>The id of a nudge: a 128-bit hash of tenant, learner, campaign and occurrence, written as 32 hexadecimal digits.</summary>
/// <remarks>Whoever decides, resends or looks up the same occurrence names it alike, so that a receiver can tell a repeat.</remarks>
public static class NudgeIds
{
    private const string Format = "x32";

    /// <summary>The id of an occurrence for a learner.</summary>
    public static UInt128 Of(TenantId tenant, LearnerId learner, CampaignId campaign, string occurrence) =>
        XxHash128.HashToUInt128(Encoding.UTF8.GetBytes($"{tenant.Value}\n{learner.Value}\n{campaign.Value}\n{occurrence}"));

    /// <summary>Its text.</summary>
    public static string ToText(UInt128 id) => id.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Reads a text; false for anything that is not one.</summary>
    public static bool TryParse(string? text, out UInt128 id)
    {
        id = default;
        return text is { Length: 32 } && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
    }
}
