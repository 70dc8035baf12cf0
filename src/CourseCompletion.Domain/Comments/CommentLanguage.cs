namespace CourseCompletion.Domain.Comments;

/// <summary>The language of a comment, as far as its letters tell.</summary>
public enum CommentLanguage : byte
{
    /// <summary>Another one, or no letters at all.</summary>
    Other = 0,

    /// <summary>Chinese.</summary>
    Chinese = 1,

    /// <summary>English, or another language that is written in Latin letters without accents.</summary>
    English = 2,
}
