using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>How much of a course a row that is learned from was told.</summary>
/// <remarks>A model that is also to serve courses about which less is known learns the same history under each view.</remarks>
public enum CourseView
{
    /// <summary>All of it.</summary>
    AsDefined,

    /// <summary>Its dates, but no lessons, and nothing of work that was handed in.</summary>
    WithoutLessons,

    /// <summary>Neither lessons nor dates: only that and when learners were active.</summary>
    Bare,
}

/// <summary>What the views leave of a history.</summary>
public static class CourseViews
{
    /// <summary>Every view.</summary>
    public static IReadOnlyList<CourseView> All { get; } = [CourseView.AsDefined, CourseView.WithoutLessons, CourseView.Bare];

    /// <summary>A definition under a view.</summary>
    public static CourseDefinition Of(this CourseView view, CourseDefinition course) => view switch
    {
        CourseView.WithoutLessons => course with { Lessons = [] },
        CourseView.Bare => course with { Lessons = [], StartsAtMs = null, EndsAtMs = null },
        _ => course,
    };

    /// <summary>A learner's history under a view.</summary>
    public static LearnerHistory Of(this CourseView view, LearnerHistory learner) => view == CourseView.AsDefined
        ? learner
        : learner with { Events = [.. learner.Events.Where(received => received.Event.Kind is not (EventKind.AssessmentSubmitted or EventKind.LessonCompleted))] };
}
