namespace CourseCompletion.Domain.Comments.Opinions;

/// <summary>Reads the sentiment of comments slowly and well: asked after the acknowledgement, for those of which the first reader was unsure.</summary>
/// <remarks>Asked about one comment at a time, on a thread of its own. The same text gives the same answer, up to the last bits of a processor.</remarks>
public interface ISecondCommentReader
{
    /// <summary>How near to one half the first reading must be for this one to be asked, in percent, 1 to 50.</summary>
    int MarginPercent { get; }

    /// <summary>How likely a comment's author is content rather than discontent, 0 to 1.</summary>
    double ReadPositive(string text);
}
