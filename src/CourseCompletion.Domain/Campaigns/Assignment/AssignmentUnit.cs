namespace CourseCompletion.Domain.Campaigns.Assignment;

/// <summary>For what a campaign draws a side. The numbers are stored and on the wire and never reused.</summary>
public enum AssignmentUnit : byte
{
    /// <summary>Not said: <see cref="CampaignAssignment.UnitFor"/> decides when the campaign is created.</summary>
    Unspecified = 0,

    /// <summary>For each learner.</summary>
    Learner = 1,

    /// <summary>For each course: its learners are on one side.</summary>
    Course = 2,

    /// <summary>For each cluster of questions, those of a lesson: whoever is first reached about one of them is on its side.</summary>
    QuestionCluster = 3,
}
