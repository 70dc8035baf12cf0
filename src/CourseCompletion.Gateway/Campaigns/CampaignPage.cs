using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Gateway.Campaigns;

/// <summary>Which list of campaigns a page belongs to, and where it begins.</summary>
/// <param name="Status">Only campaigns with this status; unspecified for any.</param>
/// <param name="Course">Only campaigns of this course; "" for any.</param>
/// <param name="After">The last campaign that was looked at; null for the first page.</param>
internal sealed record CampaignPage(CampaignStatus Status, string Course, string? After = null)
{
    private const byte Layout = 1;
    private const int FixedBytes = 1 + sizeof(ulong);

    /// <summary>The token of the page that follows.</summary>
    public string Token
    {
        get
        {
            var bytes = new byte[FixedBytes + Encoding.UTF8.GetByteCount(After ?? "")];
            bytes[0] = Layout;
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(1), ListHash);
            Encoding.UTF8.GetBytes(After ?? "", bytes.AsSpan(FixedBytes));
            return Base64Url.EncodeToString(bytes);
        }
    }

    /// <summary>The page that a token stands for; null when the token is none of this list's.</summary>
    public CampaignPage? From(string token)
    {
        if (!Base64Url.IsValid(token))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        return bytes.Length > FixedBytes && bytes[0] == Layout && BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(1)) == ListHash
            ? this with { After = Encoding.UTF8.GetString(bytes.AsSpan(FixedBytes)) }
            : null;
    }

    /// <summary>Whether a campaign belongs to the list.</summary>
    public bool Includes(CampaignDefinition campaign) =>
        (Status == CampaignStatus.Unspecified || campaign.Status == Status) && (Course.Length == 0 || campaign.Courses.Contains(new CourseId(Course)));

    private ulong ListHash => KeyHash.Of($"{(int)Status} {Course}");
}
