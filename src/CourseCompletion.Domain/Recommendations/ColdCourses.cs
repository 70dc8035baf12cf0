namespace CourseCompletion.Domain.Recommendations;

/// <summary>Scores courses that hardly anybody took, of which the model of the next course knows nothing, by what they are about.</summary>
/// <remarks>
/// c(j) = ln(1 / number of courses) + 4 x the greatest of likeness(i, j) / k, i being the k-th last course taken; the score is s + max(0, c - s) / (1 + n), s being the model's and n how often j was taken. A
/// new course thus begins as one that is taken as often as the mean of all, more where it is like what the learner took, and what is said of it gives way to what is seen.
/// </remarks>
internal static class ColdCourses
{
    /// <summary>From how many times taken on a course is judged by that alone.</summary>
    public const int TakenMax = 4;

    /// <summary>How many of the newest definitions take part that are like nothing.</summary>
    public const int NewestMax = 50;

    private const int LikeMax = 200;
    private const int HistoryMax = 5;
    private const double LikenessLogits = 4;

    /// <summary>What speaks for each cold course: the score c, and the course taken that it is like; -1 for none.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="courseCount">How many courses there are.</param>
    /// <param name="newest">The courses defined last, at most <see cref="NewestMax"/>.</param>
    /// <param name="likeness">How like courses are.</param>
    /// <param name="isCold">Whether a course takes part.</param>
    public static Dictionary<int, (float Score, int Because)> Score(
        ReadOnlySpan<int> taken, int courseCount, IEnumerable<int> newest, CourseLikeness likeness, Func<int, bool> isCold)
    {
        var prior = -Math.Log(courseCount);
        var like = new Dictionary<int, (double Likeness, int Because)>();
        for (var place = 0; place < Math.Min(HistoryMax, taken.Length); place++)
        {
            var because = taken[^(place + 1)];
            foreach (var (course, share) in likeness.To(because))
            {
                if (course != because && isCold(course) && share / (place + 1) > like.GetValueOrDefault(course).Likeness)
                {
                    like[course] = (share / (place + 1), because);
                }
            }
        }

        var scored = like.OrderByDescending(course => course.Value.Likeness).ThenBy(course => course.Key).Take(LikeMax)
            .ToDictionary(course => course.Key, course => ((float)(prior + (LikenessLogits * course.Value.Likeness)), course.Value.Because));
        foreach (var course in newest.Where(isCold))
        {
            scored.TryAdd(course, ((float)prior, -1));
        }

        return scored;
    }
}
