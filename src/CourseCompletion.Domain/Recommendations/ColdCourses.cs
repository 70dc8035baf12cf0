namespace CourseCompletion.Domain.Recommendations;

/// <summary>Scores courses that hardly anybody took, of which the model of the next course knows nothing, by what they are about.</summary>
/// <remarks>
/// c(j) = ln(1 / number of courses) + 4 x the greatest of likeness(i, j) / k, i being the k-th last course taken; the score is s + max(0, c - s) / (1 + n), s being the model's and n how often j was taken. A
/// new course thus begins as one that is taken as often as the mean of all, more where it is like what the learner took, and what is said of it gives way to what is seen.
/// </remarks>
internal sealed class ColdCourses
{
    /// <summary>From how many times taken on a course is judged by that alone.</summary>
    public const int TakenMax = 4;

    /// <summary>How many of the newest definitions take part that are like nothing.</summary>
    public const int NewestMax = 50;

    private const int LikeMax = 200;
    private const int HistoryMax = 5;
    private const double LikenessLogits = 4;

    // Room for the next question's answers: thousands of courses have something in common with one.
    private readonly CourseScores _ofOne = new();
    private readonly CourseScores _greatest = new();
    private int[] _because = [];

    /// <summary>What speaks for each cold course: the score c, and the course taken that it is like; -1 for none.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="courseCount">How many courses there are.</param>
    /// <param name="newest">The courses defined last, at most <see cref="NewestMax"/>.</param>
    /// <param name="likeness">How like courses are.</param>
    /// <param name="isCold">Whether a course takes part; one that was taken does not.</param>
    public Dictionary<int, (float Score, int Because)> Score(
        ReadOnlySpan<int> taken, int courseCount, IEnumerable<int> newest, CourseLikeness likeness, Func<int, bool> isCold)
    {
        Gather(taken, courseCount, likeness);
        Span<int> courses = stackalloc int[LikeMax];
        Span<float> likest = stackalloc float[LikeMax];
        var best = new BestCourses(courses, likest);
        foreach (var course in _greatest.Courses)
        {
            if (best.IsWanted(course, _greatest[course]) && isCold(course))
            {
                best.Offer(course, _greatest[course]);
            }
        }

        var prior = -Math.Log(courseCount);
        var scored = new Dictionary<int, (float Score, int Because)>(best.Count + NewestMax);
        for (var i = 0; i < best.Count; i++)
        {
            scored.Add(courses[i], ((float)(prior + (LikenessLogits * likest[i])), _because[courses[i]]));
        }

        foreach (var course in newest.Where(isCold))
        {
            scored.TryAdd(course, ((float)prior, -1));
        }

        return scored;
    }

    // The greatest likeness of each course to one of the last taken, by how long ago that was, and to which.
    private void Gather(ReadOnlySpan<int> taken, int courseCount, CourseLikeness likeness)
    {
        _greatest.Begin(courseCount);
        if (_because.Length < courseCount)
        {
            _because = new int[Math.Max(courseCount, _because.Length * 2)];
        }

        for (var place = 0; place < Math.Min(HistoryMax, taken.Length); place++)
        {
            var because = taken[^(place + 1)];
            likeness.To(because, courseCount, _ofOne);
            foreach (var course in _ofOne.Courses)
            {
                var share = _ofOne[course] / (place + 1);
                if (!_greatest.Contains(course))
                {
                    _greatest.Add(course, share, 0);
                    _because[course] = because;
                }
                else if (share > _greatest[course])
                {
                    (_greatest[course], _because[course]) = (share, because);
                }
            }
        }
    }
}
