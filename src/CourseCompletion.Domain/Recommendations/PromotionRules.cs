namespace CourseCompletion.Domain.Recommendations;

/// <summary>Keeps the balance between what is relevant and what is promoted.</summary>
public static class PromotionRules
{
    private const long Million = 1_000_000;

    /// <summary>How many of a list may be promoted courses; none while a course that the learner has not finished is at risk.</summary>
    public static int AllowedIn(int limit, bool isAtRisk, RecommendationPolicy policy) => isAtRisk ? 0 : (int)(limit * (long)policy.PromotedPpm / Million);

    /// <summary>Puts promoted courses higher, and takes away those that are more than allowed: of the list and of everything behind it that may be drawn into it.</summary>
    /// <param name="ranked">The courses, best first; their order among equals is kept.</param>
    /// <param name="isPromoted">Whether a course is promoted.</param>
    /// <param name="allowed">How many promoted ones may stay.</param>
    /// <param name="policy">The numbers.</param>
    public static RankedCourse[] Balance(IReadOnlyList<RankedCourse> ranked, Func<int, bool> isPromoted, int allowed, RecommendationPolicy policy)
    {
        var lifted = ranked.Select(course => isPromoted(course.Course) ? course with { Score = course.Score + policy.PromotedLogit, IsPromoted = true } : course);
        var left = allowed;
        return [.. lifted.OrderByDescending(course => course.Score).Where(course => !course.IsPromoted || left-- > 0)];
    }
}
