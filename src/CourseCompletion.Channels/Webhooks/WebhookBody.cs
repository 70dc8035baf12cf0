using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Channels.Webhooks;

/// <summary>What is posted. E-mail addresses stay here: the receiver knows its learners.</summary>
/// <param name="Type">Always <c>nudge</c>; other kinds may follow.</param>
/// <param name="Tenant">The tenant.</param>
/// <param name="NudgeId">The nudge: the same as the idempotency key.</param>
/// <param name="LearnerId">The learner.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="OccurrenceId">The occurrence.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="Locale">The language of the texts.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML; absent when there is none.</param>
/// <param name="Link">Where a tap leads; absent for nowhere.</param>
/// <param name="UnsubscribeUrl">Where the learner ends such messages; absent when links are not configured.</param>
/// <param name="Others">The other nudges of a digest, whose texts the texts above contain too; absent for one nudge alone.</param>
internal sealed record WebhookBody(
    string Type,
    string Tenant,
    string NudgeId,
    string LearnerId,
    string CampaignId,
    string OccurrenceId,
    string Purpose,
    string Locale,
    string Subject,
    string Text,
    string? Html,
    string? Link,
    string? UnsubscribeUrl,
    IReadOnlyList<WebhookPart>? Others)
{
    private static readonly WebhookJson _json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });

    /// <summary>The body of a message, as JSON in UTF-8.</summary>
    public static byte[] Of(NudgeMessage message) => JsonSerializer.SerializeToUtf8Bytes(
        new(
            "nudge",
            message.Tenant.Value,
            message.NudgeId,
            message.Learner.Value,
            message.Campaign,
            message.Occurrence,
            message.Purpose,
            message.Locale,
            message.Subject,
            message.Text,
            message.Html,
            message.Link,
            message.UnsubscribeUrl,
            message.Others.Count == 0
                ? null
                : [.. message.Others.Select(part => new WebhookPart(part.NudgeId, part.Campaign, part.Occurrence, part.Purpose, part.Subject, part.Text, part.Link))]),
        _json.WebhookBody);
}

/// <summary>One more nudge of a digest.</summary>
/// <param name="NudgeId">The nudge.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="OccurrenceId">The occurrence.</param>
/// <param name="Purpose">The purpose.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Link">Where a tap leads; absent for nowhere.</param>
internal sealed record WebhookPart(string NudgeId, string CampaignId, string OccurrenceId, string Purpose, string Subject, string Text, string? Link);

/// <summary>Writes bodies without reflection.</summary>
[JsonSerializable(typeof(WebhookBody))]
internal sealed partial class WebhookJson : JsonSerializerContext;
