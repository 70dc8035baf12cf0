using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Campaigns.Audience;

/// <summary>Who is in an audience, and what makes a filter well-formed.</summary>
public static class AudienceRules
{
    private const int DaysMax = 3_650;

    /// <summary>Whether an enrolment is in the audience; all but the expected gain, which costs another score and is asked last.</summary>
    public static bool Includes(AudienceFilter filter, in AudienceFacts facts, CourseDefinition course, long asOfMs)
    {
        if (facts.Status != EnrolmentStatus.Active
            || facts.Probability < filter.ProbabilityMin || facts.Probability > filter.ProbabilityMax
            || facts.Progress < filter.ProgressMin || facts.Progress > filter.ProgressMax
            || (filter.Bands.Count > 0 && !filter.Bands.Contains(facts.Band)))
        {
            return false;
        }

        var silentDays = Math.Max(0, asOfMs - facts.LastActivityAtMs) / LearnerTime.DayMs;
        return silentDays >= filter.SilentDaysMin && !(silentDays > filter.SilentDaysMax)
            && (filter.CourseTags.Count == 0 || filter.CourseTags.Any(course.Tags.Contains))
            && (filter.DueWithinDays is not { } days || HasDue(course, facts.CompletedLessons, asOfMs, asOfMs + (days * LearnerTime.DayMs)));
    }

    /// <summary>Every fault of a filter; empty when it is well-formed. Field names are those of the wire, below <c>campaign.audience</c>.</summary>
    public static IReadOnlyList<Rejection> Check(AudienceFilter filter)
    {
        var faults = new List<Rejection>();
        void Require(bool holds, string field, string message)
        {
            if (!holds)
            {
                faults.Add(new(RejectionReason.InvalidField, "campaign.audience." + field, message));
            }
        }

        Require(IsShare(filter.ProbabilityMin), "probability_min", "Send a probability from 0 to 1.");
        Require(IsShare(filter.ProbabilityMax) && filter.ProbabilityMax >= filter.ProbabilityMin, "probability_max", "Send a probability from probability_min to 1.");
        Require(IsShare(filter.GainMin), "gain_min", "Send a gain from 0 to 1.");
        Require(IsShare(filter.ProgressMin), "progress_min", "Send a share from 0 to 1.");
        Require(IsShare(filter.ProgressMax) && filter.ProgressMax >= filter.ProgressMin, "progress_max", "Send a share from progress_min to 1.");
        Require(filter.SilentDaysMin is >= 0 and <= DaysMax, "silent_days_min", $"Send 0 to {DaysMax} days.");
        Require(!(filter.SilentDaysMax < filter.SilentDaysMin) && !(filter.SilentDaysMax > DaysMax), "silent_days_max", $"Send days from silent_days_min to {DaysMax}.");
        Require(filter.DueWithinDays is null or (>= 0 and <= DaysMax), "due_within_days", $"Send 0 to {DaysMax} days.");
        Require(filter.CourseTags.Count <= CourseDefinitionRules.TagsMax, "course_tags", $"Give at most {CourseDefinitionRules.TagsMax} tags.");
        return faults;
    }

    private static bool IsShare(double value) => value is >= 0 and <= 1;

    private static bool HasDue(CourseDefinition course, IReadOnlyList<LessonContribution> lessons, long fromMs, long toMs)
    {
        foreach (var lesson in course.Lessons)
        {
            if (lesson.Required && lesson.DueAtMs >= fromMs && lesson.DueAtMs <= toMs && !lessons.Any(done => done.Completed && done.Lesson == lesson.Id))
            {
                return true;
            }
        }

        return false;
    }
}
