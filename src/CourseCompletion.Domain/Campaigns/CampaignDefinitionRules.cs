using System.Text;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Audience;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Templates;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>What makes a campaign well-formed.</summary>
public static class CampaignDefinitionRules
{
    /// <summary>The most courses that one campaign reaches.</summary>
    public const int CoursesMax = 16;

    /// <summary>The most arms.</summary>
    public const int ArmsMax = 8;

    /// <summary>The most templates.</summary>
    public const int TemplatesMax = 16;

    /// <summary>The longest delay of an arm, in minutes: 12 h.</summary>
    public const int DelayMinutesMax = 720;

    /// <summary>The largest share of learners in control.</summary>
    public const double ControlShareMax = 0.9;

    private const long GraceMsMax = LearnerTime.DayMs;

    /// <summary>Every fault of a definition; empty when it is well-formed. Field names are those of the wire, below <c>campaign</c>.</summary>
    public static IReadOnlyList<Rejection> Check(CampaignDefinition campaign)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, "campaign." + field, message));
            }
        }

        if (LearnerEventRules.CheckId(campaign.Campaign.Value, "campaign.campaign_id", required: true) is { } badId)
        {
            faults.Add(badId);
        }

        Require(
            Encoding.UTF8.GetByteCount(campaign.Title) <= CourseDefinitionRules.TitleBytesMax,
            "title",
            $"Shorten the title to at most {CourseDefinitionRules.TitleBytesMax} bytes of UTF-8.");
        Require(campaign.Purpose is > NudgePurpose.Unspecified and <= NudgePurpose.Deadline, "purpose", "Send a purpose of this release.");
        Require(campaign.Courses.Count is >= 1 and <= CoursesMax, "course_ids", $"Name 1 to {CoursesMax} courses.");
        for (var i = 0; i < campaign.Courses.Count; i++)
        {
            if (LearnerEventRules.CheckId(campaign.Courses[i].Value, $"campaign.course_ids[{i}]", required: true) is { } badCourse)
            {
                faults.Add(badCourse);
            }

            Require(campaign.Courses.Take(i).All(course => course != campaign.Courses[i]), $"course_ids[{i}]", "Name each course once.");
        }

        Require(campaign.Timing.IsValid, "timing", "Send a kind of timing with numbers in their ranges.");
        Require(campaign.Goal is >= CampaignGoal.None and <= CampaignGoal.ActiveSinceDue, "goal", "Send a goal of this release.");
        Require(campaign.Occasions is > QuestionOccasions.None and <= QuestionOccasions.All, "question_occasions", "Send occasions of this release, or none for all of them.");
        Require(campaign.CheckIn is null || campaign.CheckIn.IsValid, "check_in", "Send a plan with numbers in their ranges.");
        Require(
            (campaign.Purpose == NudgePurpose.CheckIn) == (campaign.CheckIn is not null), "check_in", "A check-in campaign has a plan, and no other campaign has one.");
        Require(!(campaign.EndsAtMs <= campaign.StartsAtMs), "ends_at", "Let the campaign end after it starts.");
        Require(campaign.GraceMs is >= 0 and <= GraceMsMax, "grace", "Send 0 to 24 hours.");
        Require(campaign.QuietHours is >= QuietHoursRule.Defer and <= QuietHoursRule.Drop, "quiet_hours", "Send a rule of this release.");
        Require(
            campaign.Unit <= AssignmentUnit.QuestionCluster && (campaign.Unit != AssignmentUnit.QuestionCluster || campaign.Purpose == NudgePurpose.Questions),
            "assignment_unit",
            "Send a unit of this release, or none; clusters of questions are for campaigns about questions.");
        Require(
            campaign.Unit != AssignmentUnit.Course || campaign.Courses.Count > 1, "assignment_unit", "Name at least two courses, or draw by another unit: one course cannot be on both sides.");
        Require(campaign.ControlShare is >= 0 and <= ControlShareMax, "control_share", $"Send a share from 0 to {ControlShareMax}, or none.");
        faults.AddRange(AudienceRules.Check(campaign.Audience));
        CheckTemplates(campaign, faults, Require);
        CheckArms(campaign, Require);
        return faults;
    }

    private static void CheckTemplates(CampaignDefinition campaign, List<Rejection> faults, Action<bool, string, string> require)
    {
        require(campaign.Templates.Count is >= 1 and <= TemplatesMax, "templates", $"Give 1 to {TemplatesMax} templates.");
        for (var i = 0; i < campaign.Templates.Count; i++)
        {
            var (template, at) = (campaign.Templates[i], i);
            require(campaign.Templates.Take(i).All(other => other.Id != template.Id), $"templates[{i}].template_id", $"Give each template an id of its own: '{template.Id}' stands twice.");
            faults.AddRange(TemplateRules.Check(template).Select(fault => fault with { Field = $"campaign.templates[{at}].{Below(fault.Field)}" }));
        }
    }

    private static void CheckArms(CampaignDefinition campaign, Action<bool, string, string> require)
    {
        require(campaign.Arms.Count is >= 1 and <= ArmsMax && campaign.Arms.Any(arm => arm.Sends), "arms", $"Give 1 to {ArmsMax} arms, at least one of which has a template.");
        for (var i = 0; i < campaign.Arms.Count; i++)
        {
            var arm = campaign.Arms[i];
            require(LearnerEventRules.CheckId(arm.Id, "", required: true) is null, $"arms[{i}].arm_id", "Give it an id of 1 to 128 bytes.");
            require(campaign.Arms.Take(i).All(other => other.Id != arm.Id), $"arms[{i}].arm_id", $"Give each arm an id of its own: '{arm.Id}' stands twice.");
            require(!arm.Sends || campaign.FindTemplate(arm.Template) is not null, $"arms[{i}].template_id", $"There is no template '{arm.Template}': name one of the campaign's, or none for an arm that sends nothing.");
            require(
                arm.Sends ? arm.Channel is >= NudgeChannel.InApp and <= NudgeChannel.Email : arm.Channel == NudgeChannel.Unspecified,
                $"arms[{i}].channel",
                "An arm with a template has a channel, and one without has none.");
            require(
                arm.Sends || !campaign.SendsOnExpectedGain,
                $"arms[{i}].template_id",
                "Give the arm a template or remove it, or set sends_on_expected_gain to false: a campaign that sends on expected gain chooses by itself whom to send nothing.");
            require(arm.Weight is > 0 and <= 1e6, $"arms[{i}].weight", "Send a weight above 0.");
            require(arm.DelayMinutes is >= 0 and <= DelayMinutesMax, $"arms[{i}].delay_minutes", $"Send 0 to {DelayMinutesMax} minutes.");
        }
    }

    private static string Below(string field) => field[(field.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
