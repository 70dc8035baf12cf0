using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Learners.Preferences;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>Makes messages of decisions: of one, or of those of a digest together.</summary>
internal sealed class NudgeComposer(NudgeTexts texts, IEnumerable<IUnsubscribeLinks> links)
{
    private readonly IUnsubscribeLinks? _links = links.FirstOrDefault();

    /// <summary>The message of a digest's parts, or of one nudge alone; null when none of their templates is there any more.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="preferences">The learner's preferences.</param>
    /// <param name="parts">The decisions, at least one; the first whose text is there gives the message its subject and link.</param>
    public async ValueTask<NudgeMessage?> ComposeAsync(LearnerKey learner, LearnerPreferences preferences, List<NudgeDecision> parts)
    {
        var rendered = new List<(NudgeDecision Decision, RenderedNudge Text)>(parts.Count);
        foreach (var decision in parts)
        {
            if (await texts.RenderAsync(learner, decision, UnsubscribeUrlOf(learner, decision) ?? "", preferences.Locale.Length == 0 ? null : preferences.Locale) is { } text)
            {
                rendered.Add((decision, text));
            }
        }

        if (rendered.Count == 0)
        {
            return null;
        }

        // Ids are those of the first part whatever is left of the texts: a delivery ends under the name that it began with.
        var (first, said) = rendered[0];
        return new(
            learner.Tenant,
            NudgeIds.ToText(parts[0].Id),
            learner.Learner,
            first.Campaign.Value,
            first.Occurrence,
            NudgePurposes.NameOf(first.Purpose),
            said.Locale,
            preferences.Email.Length == 0 ? null : preferences.Email,
            said.Subject,
            DigestTexts.Plain([.. rendered.Select(part => part.Text)]),
            DigestTexts.Html([.. rendered.Select(part => part.Text)]),
            said.Link,
            UnsubscribeUrlOf(learner, first))
        {
            Others = [.. rendered.Skip(1).Select(part => PartOf(part.Decision, part.Text))],
        };
    }

    private static NudgePart PartOf(NudgeDecision decision, RenderedNudge text) => new(
        NudgeIds.ToText(decision.Id), decision.Campaign.Value, decision.Occurrence, NudgePurposes.NameOf(decision.Purpose), text.Subject, text.Text, text.Link);

    private string? UnsubscribeUrlOf(LearnerKey learner, NudgeDecision decision) =>
        _links?.For(new(learner.Tenant, learner.Learner, NudgePurposes.NameOf(decision.Purpose)));
}
