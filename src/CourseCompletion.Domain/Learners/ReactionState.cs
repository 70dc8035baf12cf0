namespace CourseCompletion.Domain.Learners;

/// <summary>What a learner thinks of one object, lesson or course: last-writer registers.</summary>
public sealed class ReactionState(string id)
{
    /// <summary>The liked or rated object, else the lesson, else empty for the course itself.</summary>
    public string Id { get; } = id;

    /// <summary>The latest like or unlike.</summary>
    public EventOrder LikeSetBy { get; set; } = new(long.MinValue, 0);

    /// <summary>Whether it is liked now.</summary>
    public bool Liked { get; set; }

    /// <summary>Whether it was ever bookmarked.</summary>
    public bool Bookmarked { get; set; }

    /// <summary>The latest rating.</summary>
    public EventOrder StarsSetBy { get; set; } = new(long.MinValue, 0);

    /// <summary>The latest rating's stars in thousandths; 0 for none.</summary>
    public int StarsMilli { get; set; }

    /// <summary>Whether it was rated: an answer of 0 is one, too.</summary>
    public bool IsRated => StarsSetBy.OccurredAtMs != long.MinValue;
}
