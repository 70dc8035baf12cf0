using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>One message to one learner, ready to be sent.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="NudgeId">Names the nudge within its tenant: the idempotency key that goes with every attempt.</param>
/// <param name="Learner">Who is told.</param>
/// <param name="Campaign">The campaign that tells.</param>
/// <param name="Occurrence">The occurrence of the campaign.</param>
/// <param name="Purpose">What the learner may opt out of, such as <c>check_in</c>.</param>
/// <param name="Locale">The language it is in.</param>
/// <param name="Address">The e-mail address; null where the channel needs none.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Html">The same as HTML; null when there is none.</param>
/// <param name="Link">Where a tap leads; null for nowhere.</param>
/// <param name="UnsubscribeUrl">Where the learner ends messages of this purpose; null when links are not configured.</param>
public sealed record NudgeMessage(
    TenantId Tenant,
    string NudgeId,
    LearnerId Learner,
    string Campaign,
    string Occurrence,
    string Purpose,
    string Locale,
    string? Address,
    string Subject,
    string Text,
    string? Html,
    string? Link,
    string? UnsubscribeUrl)
{
    /// <summary>The other nudges that this message carries, whose texts follow in <see cref="Text"/> and <see cref="Html"/>: a digest's. Empty for one nudge alone.</summary>
    public IReadOnlyList<NudgePart> Others { get; init; } = [];

    /// <summary>The ids only: a message that ends in a log or an error text must not show whom it reaches and what it says.</summary>
    public override string ToString() => $"{Tenant}/{NudgeId}";
}
