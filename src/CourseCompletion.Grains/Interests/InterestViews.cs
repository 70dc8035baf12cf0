using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Grains.Abstractions.Interests;
using CourseCompletion.Grains.Courses;

namespace CourseCompletion.Grains.Interests;

/// <summary>How a learner's interests are shown to readers.</summary>
internal static class InterestViews
{
    public static InterestsView Of(LearnerState state, Dictionary<CourseId, CourseEntry> courses, long nowMs)
    {
        var interests = LearnerInterests.Of(state, course => courses.GetValueOrDefault(course)?.Definition, nowMs, InterestPolicy.Default);
        return new([.. interests.Select(ViewOf)], [.. state.InterestCorrections.Select(correction => new CorrectionView(correction.Topic, correction.Verdict))]);
    }

    private static InterestView ViewOf(LearnerInterest interest) => new(
        interest.Topic,
        interest.Share,
        interest.Trend,
        interest.LastSeenAtMs,
        interest.Verdict,
        [.. interest.Evidence.Select(found => new EvidenceView(found.Kind, found.Course, found.Lesson, found.Amount, found.AtMs, found.Query))]);
}
