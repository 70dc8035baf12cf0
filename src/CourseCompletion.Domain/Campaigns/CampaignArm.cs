using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Domain.Campaigns;

/// <summary>One of the ways in which a campaign may reach a learner: a template, a channel and a delay; or none at all.</summary>
/// <param name="Id">Names it within the campaign, 1 to 128 bytes.</param>
/// <param name="Template">The template's id; "" for the arm that sends nothing.</param>
/// <param name="Channel">The channel; unspecified for the arm that sends nothing.</param>
/// <param name="Weight">How often it is drawn beside the others, above 0; where the campaign learns, its share at the beginning.</param>
/// <param name="DelayMinutes">How long after the due time it is sent, 0 to 720.</param>
public sealed record CampaignArm(string Id, string Template, NudgeChannel Channel, double Weight, int DelayMinutes = 0)
{
    /// <summary>Whether it sends something.</summary>
    public bool Sends => Template.Length > 0;
}
