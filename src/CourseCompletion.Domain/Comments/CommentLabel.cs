namespace CourseCompletion.Domain.Comments;

/// <summary>What a moderator says about a comment; null where nothing is said.</summary>
/// <param name="Positive">Whether its author is content rather than discontent.</param>
/// <param name="Confused">Whether its author does not understand something.</param>
/// <param name="Urgent">Whether its author needs an answer soon.</param>
/// <param name="Spam">Whether it is advertisement or abuse.</param>
/// <param name="Aspects">What it is about: these aspects and no other.</param>
public readonly record struct CommentLabel(bool? Positive = null, bool? Confused = null, bool? Urgent = null, bool? Spam = null, CommentAspectSet? Aspects = null)
{
    /// <summary>What it says of one question about the comment; null for nothing.</summary>
    public bool? Of(CommentHead head) => head switch
    {
        CommentHead.Sentiment => Positive,
        CommentHead.Confusion => Confused,
        CommentHead.Urgency => Urgent,
        CommentHead.Spam => Spam,
        _ => Aspects?.Contains(CommentHeads.AspectOf(head)),
    };
}
