using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>What nudges say: the template of the campaign as it is now, filled in with what was known at the decision.</summary>
internal sealed class NudgeTexts(CampaignCatalog campaigns, CourseCatalog courses)
{
    // Templates are taken apart once for each version of a campaign that is in memory.
    private readonly ConditionalWeakTable<NudgeTemplate, PreparedTemplate> _prepared = [];

    /// <summary>Renders what a decision sends; null when its template is not there any more.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="unsubscribeUrl">The address at which the learner ends messages of its purpose; "" for none.</param>
    /// <param name="locale">The learner's language; null for the template's own.</param>
    public async ValueTask<RenderedNudge?> RenderAsync(LearnerKey learner, NudgeDecision decision, string unsubscribeUrl, string? locale = null)
    {
        var campaign = await campaigns.GetAsync(CampaignKey.For(learner.Tenant, decision.Campaign), 0);
        if (campaign?.Definition.FindTemplate(decision.Template) is not { } template)
        {
            return null;
        }

        var course = (await courses.GetAsync(learner.Tenant, decision.Course)).Definition;
        var values = new TemplateValues
        {
            [TemplateVariable.LearnerId] = learner.Learner.Value,
            [TemplateVariable.CourseId] = decision.Course.Value,
            [TemplateVariable.CourseTitle] = course?.Title is { Length: > 0 } title ? title : decision.Course.Value,
            [TemplateVariable.UnsubscribeLink] = unsubscribeUrl,
        };
        foreach (var (variable, value) in decision.Variables)
        {
            values[variable] = value;
        }

        return _prepared.GetValue(template, PreparedTemplate.Of).Render(locale, values);
    }
}
