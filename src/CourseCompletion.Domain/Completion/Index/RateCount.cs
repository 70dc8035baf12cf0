namespace CourseCompletion.Domain.Completion.Index;

/// <summary>How many of a group did something.</summary>
/// <param name="Hits">Those who did; 0 to <paramref name="Of"/>.</param>
/// <param name="Of">The group.</param>
public readonly record struct RateCount(long Hits, long Of)
{
    /// <summary>The share, 0 to 1; 0 for nobody.</summary>
    public double Share => Of <= 0 ? 0 : Math.Clamp((double)Hits / Of, 0, 1);
}

/// <summary>The three rates of a course, counted over <see cref="IndexPolicy.WindowDays"/>.</summary>
/// <param name="Recommended">R: of the active learners who were not enrolled, those to whom the course was recommended or promoted.</param>
/// <param name="Interacting">I: of the enrolled active learners, those who interact.</param>
/// <param name="Promoted">P: of those to whom it was recommended or promoted, those who enrolled after it.</param>
public readonly record struct IndexCounts(RateCount Recommended, RateCount Interacting, RateCount Promoted);
