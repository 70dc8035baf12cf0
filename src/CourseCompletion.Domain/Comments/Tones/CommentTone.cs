namespace CourseCompletion.Domain.Comments.Tones;

/// <summary>How content somebody sounds, in three steps.</summary>
public enum CommentTone : byte
{
    /// <summary>Likely discontent: less than 40 % content.</summary>
    Discontent = 0,

    /// <summary>Neither.</summary>
    Mixed = 1,

    /// <summary>Likely content: more than 60 %.</summary>
    Content = 2,
}

/// <summary>Which tone a text, or a learner's texts together, have.</summary>
public static class CommentTones
{
    /// <summary>How many tones there are.</summary>
    public const int Count = 3;

    private const double ContentAbove = 0.6;
    private const double DiscontentBelow = 0.4;

    /// <summary>The tone of a contentment.</summary>
    /// <param name="positive">How likely the author is content, 0 to 1.</param>
    public static CommentTone Of(double positive) => positive < DiscontentBelow ? CommentTone.Discontent : positive > ContentAbove ? CommentTone.Content : CommentTone.Mixed;
}
