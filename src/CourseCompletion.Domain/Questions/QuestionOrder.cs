namespace CourseCompletion.Domain.Questions;

/// <summary>In which order questions are listed. The numbers are on the wire and never reused.</summary>
public enum QuestionOrder : byte
{
    /// <summary>The newest first.</summary>
    Newest = 0,

    /// <summary>Those with the most votes first, the newest of as many.</summary>
    Votes = 1,
}
