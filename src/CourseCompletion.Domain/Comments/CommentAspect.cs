namespace CourseCompletion.Domain.Comments;

/// <summary>What in a course a comment is about. A comment may be about several, or none.</summary>
public enum CommentAspect : byte
{
    /// <summary>What is taught: subject, examples, material, how hard it is.</summary>
    Content = 0,

    /// <summary>Too fast, too slow, too long.</summary>
    Pace = 1,

    /// <summary>How the video looks and sounds, and its subtitles.</summary>
    AudioVideo = 2,

    /// <summary>Who teaches, and how.</summary>
    Teacher = 3,

    /// <summary>Quizzes, assignments, exams and their marking.</summary>
    Assessment = 4,

    /// <summary>The site or app: signing in, loading, downloads, faults.</summary>
    Platform = 5,

    /// <summary>What it costs: price, refund, whether it is worth it.</summary>
    Price = 6,
}

/// <summary>Some of the aspects, as a set.</summary>
/// <param name="Bits">Bit i stands for the aspect of number i.</param>
public readonly record struct CommentAspectSet(byte Bits)
{
    /// <summary>How many aspects there are.</summary>
    public const int AspectCount = 7;

    /// <summary>A set of aspects.</summary>
    public static CommentAspectSet Of(params ReadOnlySpan<CommentAspect> aspects)
    {
        var bits = 0;
        foreach (var aspect in aspects)
        {
            bits |= 1 << (int)aspect;
        }

        return new((byte)bits);
    }

    /// <summary>Whether an aspect is one of them.</summary>
    public bool Contains(CommentAspect aspect) => (Bits >> (int)aspect & 1) != 0;
}
