using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Which features a model does without.</summary>
/// <remarks>One that is left out is 0 in every row that is learned from, so that neither part of the model can ask for it, and its value in serving changes nothing.</remarks>
public static class FeatureSelection
{
    /// <summary>What a model does without that serves courses of platforms it has not seen.</summary>
    /// <remarks>
    /// <list type="bullet">
    /// <item>How much was counted: one platform tells of a click, another of a minute of video. On how many days something happened means the same everywhere.</item>
    /// <item>Times of day, sessions and video: a history of daily sums does not have them.</item>
    /// <item>Numbers of lessons and of pieces of work, and which were reached: shares mean the same everywhere.</item>
    /// <item>Time since enrolment, its distance from the start, other courses: they tell one administration from another.</item>
    /// <item>What silence moves both up and down: days active in the week before the last.</item>
    /// </list>
    /// </remarks>
    public static IReadOnlyList<string> NotPortable { get; } =
    [
        "video_*", "problem_*", "discussion_*", "navigation_*", "social_*", "any_*", "page_*", "content_*", "per_active_day", "slope",
        "questions", "answers", "comments", "check_in_days_28",
        "hours_silent", "sessions", "session_minutes", "watched_share", "rewatch_share", "seeks_back_per_hour", "speed",
        "lessons_completed", "lesson_reach", "due", "assessments", "handed_in",
        "days_enrolled", "enrolled_ahead", "elapsed_share", "parallel_enrolments", "others_withdrawn", "active_days_week_before",
    ];

    /// <summary>The indices of features by name; a name that ends with <c>*</c> stands for all that begin so.</summary>
    /// <exception cref="ArgumentException">There is no such feature; the message names it.</exception>
    public static IReadOnlyList<int> Parse(IEnumerable<string> names) => [.. names.SelectMany(IndicesOf).Distinct().Order()];

    private static List<int> IndicesOf(string name)
    {
        var found = Enumerable.Range(0, CompletionFeatures.Count)
            .Where(i => name.EndsWith('*') ? CompletionFeatures.Names[i].StartsWith(name[..^1], StringComparison.Ordinal) : CompletionFeatures.Names[i] == name)
            .ToList();
        return found.Count > 0 ? found : throw new ArgumentException($"There is no feature {name}.", nameof(name));
    }
}
