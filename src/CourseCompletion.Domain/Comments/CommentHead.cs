namespace CourseCompletion.Domain.Comments;

/// <summary>The questions that a comment is read for, each with a yes or no of its own. The numbers are stored and never reused.</summary>
public enum CommentHead : byte
{
    /// <summary>Content rather than discontent.</summary>
    Sentiment = 0,

    /// <summary>Does not understand something.</summary>
    Confusion = 1,

    /// <summary>Needs an answer soon.</summary>
    Urgency = 2,

    /// <summary>Advertisement or abuse.</summary>
    Spam = 3,

    /// <summary>About <see cref="CommentAspect.Content"/>; the other aspects follow in their order.</summary>
    Content = 4,

    /// <summary>About <see cref="CommentAspect.Pace"/>.</summary>
    Pace = 5,

    /// <summary>About <see cref="CommentAspect.AudioVideo"/>.</summary>
    AudioVideo = 6,

    /// <summary>About <see cref="CommentAspect.Teacher"/>.</summary>
    Teacher = 7,

    /// <summary>About <see cref="CommentAspect.Assessment"/>.</summary>
    Assessment = 8,

    /// <summary>About <see cref="CommentAspect.Platform"/>.</summary>
    Platform = 9,

    /// <summary>About <see cref="CommentAspect.Price"/>.</summary>
    Price = 10,
}

/// <summary>How questions and aspects belong together.</summary>
public static class CommentHeads
{
    /// <summary>How many questions there are.</summary>
    public const int Count = 11;

    /// <summary>The question whether a comment is about an aspect.</summary>
    public static CommentHead Of(CommentAspect aspect) => (CommentHead)((int)CommentHead.Content + (int)aspect);

    /// <summary>The aspect that a question asks for.</summary>
    /// <param name="head">One from <see cref="CommentHead.Content"/> on.</param>
    public static CommentAspect AspectOf(CommentHead head) => (CommentAspect)(head - CommentHead.Content);
}
