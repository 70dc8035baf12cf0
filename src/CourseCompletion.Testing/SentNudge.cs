using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Testing;

/// <summary>A nudge that went out.</summary>
/// <param name="Nudge">Its id.</param>
/// <param name="Learner">To whom.</param>
/// <param name="Course">About which course.</param>
/// <param name="Campaign">By which campaign.</param>
/// <param name="Occurrence">For which occurrence of it, such as a date.</param>
/// <param name="At">When it was decided.</param>
/// <param name="Channel">By which channel.</param>
/// <param name="Arm">Which of the campaign's arms it was.</param>
/// <param name="Subject">The title.</param>
/// <param name="Text">The text, with its variables filled in.</param>
public sealed record SentNudge(
    string Nudge,
    LearnerId Learner,
    CourseId Course,
    CampaignId Campaign,
    string Occurrence,
    DateTimeOffset At,
    NudgeChannel Channel,
    string Arm,
    string Subject,
    string Text);
