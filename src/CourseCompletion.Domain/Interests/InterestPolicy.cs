namespace CourseCompletion.Domain.Interests;

/// <summary>The numbers by which interests are weighed. A point is a minute of video watched just now.</summary>
public sealed record InterestPolicy
{
    /// <summary>The policy with its documented defaults.</summary>
    public static InterestPolicy Default { get; } = new();

    /// <summary>After how long anything counts half. Default 14 days.</summary>
    public long HalfLifeMs { get; init; } = 14 * 86_400_000L;

    /// <summary>The half-life of what the trend compares with. Default 3.5 days.</summary>
    public long TrendHalfLifeMs { get; init; } = 7 * 43_200_000L;

    /// <summary>How many minutes of one lesson count. Default 60.</summary>
    public double MinutesMax { get; init; } = 60;

    /// <summary>The points of a lesson that was completed without a video. Default 5.</summary>
    public double CompletedPoints { get; init; } = 5;

    /// <summary>The points of a like, or of a rating of four stars or more. Default 5.</summary>
    public double LikedPoints { get; init; } = 5;

    /// <summary>The points of a bookmark. Default 5.</summary>
    public double BookmarkedPoints { get; init; } = 5;

    /// <summary>The points of a comment. Default 3.</summary>
    public double CommentedPoints { get; init; } = 3;

    /// <summary>The points of a question. Default 5.</summary>
    public double AskedPoints { get; init; } = 5;

    /// <summary>The points of a search. Default 3.</summary>
    public double SearchedPoints { get; init; } = 3;

    /// <summary>How many comments, and how many questions, count at one lesson, and how many searches for the same. Default 5.</summary>
    public long TalkMax { get; init; } = 5;

    /// <summary>The points that an interest has at least of which the learner said so; they do not fade. Default 30.</summary>
    public double StatedPoints { get; init; } = 30;

    /// <summary>How many interests are shown. Default 20.</summary>
    public int InterestsMax { get; init; } = 20;

    /// <summary>How many grounds are shown for each. Default 5.</summary>
    public int EvidenceMax { get; init; } = 5;
}
