namespace CourseCompletion.Domain.Recommendations;

/// <summary>Keeps the balance between what is relevant and what is promoted.</summary>
public static class PromotionRules
{
    private const long Million = 1_000_000;

    /// <summary>How many of a list may be promoted courses; none while a course that the learner has not finished is at risk.</summary>
    /// <param name="limit">How long the list may be.</param>
    /// <param name="others">How many other courses there are for it: with few of them it is shorter.</param>
    /// <param name="isAtRisk">Whether a course that the learner has not finished is at risk.</param>
    /// <param name="policy">The numbers.</param>
    public static int AllowedIn(int limit, int others, bool isAtRisk, RecommendationPolicy policy)
    {
        var allowed = isAtRisk ? 0 : (int)(limit * (long)policy.PromotedPpm / Million);
        while (allowed > 0 && allowed * Million > Math.Min(limit, others + allowed) * (long)policy.PromotedPpm)
        {
            allowed--;
        }

        return allowed;
    }

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
