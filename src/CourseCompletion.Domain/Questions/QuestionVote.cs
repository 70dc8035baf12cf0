namespace CourseCompletion.Domain.Questions;

/// <summary>What a learner's vote says. The numbers are on the wire and never reused.</summary>
public enum QuestionVote : byte
{
    /// <summary>Not given; never accepted.</summary>
    Unspecified = 0,

    /// <summary>For it.</summary>
    Up = 1,

    /// <summary>Against it.</summary>
    Down = 2,

    /// <summary>Takes the learner's vote back.</summary>
    Withdrawn = 3,
}
