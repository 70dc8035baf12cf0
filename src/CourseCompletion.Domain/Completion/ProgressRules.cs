using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion;

/// <summary>How progress and completion follow from a learner's facts and a course's definition.</summary>
public static class ProgressRules
{
    /// <summary>The watched share of a lesson's video, 0 to 1; 0 when the length is unknown.</summary>
    public static double WatchedShare(LessonState? lesson, LessonDefinition definition) =>
        lesson is null || definition.LengthMs <= 0 ? 0 : (double)lesson.Coverage.LengthBelow(definition.LengthMs) / definition.LengthMs;

    /// <summary>Whether a lesson is completed: reported so, watched up to its threshold, or handed in.</summary>
    public static bool IsCompleted(EnrolmentState enrolment, LessonDefinition definition)
    {
        var lesson = enrolment.FindLesson(definition.Id);
        return lesson is { ReportedCompleted: true }
            || (lesson is not null && definition.LengthMs > 0 && WatchedShare(lesson, definition) >= definition.CompletionThreshold)
            || (definition.Kind is LessonKind.Quiz or LessonKind.Assignment && enrolment.FindAssessment(definition.Id) is not null);
    }

    /// <summary>How far the learner is. Looks only at what was touched since the last call, or at everything after a new version of the course.</summary>
    public static Progress Measure(EnrolmentState enrolment, CourseDefinition course)
    {
        var derived = enrolment.Derived;
        derived.Measure(enrolment, course);
        var share = course.RequiredLessons == 0 ? 0
            : derived.CompletedRequired == course.RequiredLessons ? 1
            : (double)derived.CompletedWeightMilli / course.RequiredWeightMilli;
        return new(share, derived.CompletedRequired, course.RequiredLessons);
    }

    /// <summary>
    /// Whether the course's completion rule is met. A course that defines nothing to complete is never completed, and whoever has withdrawn completes nothing until the next
    /// enrolment.
    /// </summary>
    public static bool IsMet(EnrolmentState enrolment, CourseDefinition course, in Progress progress) => enrolment is { IsEnrolled: true, IsWithdrawn: false } && course.Rule.Kind switch
    {
        CompletionRuleKind.AllRequired => progress.RequiredLessons > 0 && progress.CompletedLessons == progress.RequiredLessons,
        CompletionRuleKind.Share => progress.RequiredLessons > 0 && progress.Share >= course.Rule.Share,
        CompletionRuleKind.Assessment => enrolment.FindAssessment(course.Rule.Assessment!) is { } assessment
            && assessment.BestScorePpm >= (int)Math.Round(course.Rule.Share * AssessmentState.FullScorePpm),
        _ => false,
    };
}

/// <summary>How far a learner is in a course.</summary>
/// <param name="Share">By weight, 0 to 1.</param>
/// <param name="CompletedLessons">Required lessons completed.</param>
/// <param name="RequiredLessons">Required lessons there are.</param>
public readonly record struct Progress(double Share, int CompletedLessons, int RequiredLessons);
