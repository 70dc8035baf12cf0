namespace CourseCompletion.Domain.Comments;

/// <summary>What a comment says, as far as a reader can tell. Probabilities are 0 to 1.</summary>
/// <param name="Language">The language.</param>
/// <param name="Positive">How likely its author is content rather than discontent; 0.5 when nothing speaks for either.</param>
/// <param name="Confusion">How likely its author does not understand something.</param>
/// <param name="Urgency">How likely its author needs an answer soon.</param>
/// <param name="Spam">How likely it is advertisement or abuse.</param>
/// <param name="Aspects">How likely it is about each aspect of a course.</param>
public readonly record struct CommentReading(CommentLanguage Language, float Positive, float Confusion, float Urgency, float Spam, CommentAspects Aspects);

/// <summary>How likely a comment is about each aspect of a course, 0 to 1.</summary>
/// <param name="Content">About <see cref="CommentAspect.Content"/>.</param>
/// <param name="Pace">About <see cref="CommentAspect.Pace"/>.</param>
/// <param name="AudioVideo">About <see cref="CommentAspect.AudioVideo"/>.</param>
/// <param name="Teacher">About <see cref="CommentAspect.Teacher"/>.</param>
/// <param name="Assessment">About <see cref="CommentAspect.Assessment"/>.</param>
/// <param name="Platform">About <see cref="CommentAspect.Platform"/>.</param>
/// <param name="Price">About <see cref="CommentAspect.Price"/>.</param>
public readonly record struct CommentAspects(float Content, float Pace, float AudioVideo, float Teacher, float Assessment, float Platform, float Price)
{
    /// <summary>The probability of one aspect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such aspect.</exception>
    public float this[CommentAspect aspect] => aspect switch
    {
        CommentAspect.Content => Content,
        CommentAspect.Pace => Pace,
        CommentAspect.AudioVideo => AudioVideo,
        CommentAspect.Teacher => Teacher,
        CommentAspect.Assessment => Assessment,
        CommentAspect.Platform => Platform,
        CommentAspect.Price => Price,
        _ => throw new ArgumentOutOfRangeException(nameof(aspect)),
    };

    /// <summary>The aspects that are more likely than not.</summary>
    public CommentAspectSet Likely()
    {
        var bits = 0;
        for (var aspect = 0; aspect < CommentAspectSet.AspectCount; aspect++)
        {
            bits |= this[(CommentAspect)aspect] > 0.5f ? 1 << aspect : 0;
        }

        return new((byte)bits);
    }
}
