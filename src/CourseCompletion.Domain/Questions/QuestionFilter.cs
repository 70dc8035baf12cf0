namespace CourseCompletion.Domain.Questions;

/// <summary>Which questions are listed. The numbers are on the wire and never reused.</summary>
public enum QuestionFilter : byte
{
    /// <summary>All of them.</summary>
    All = 0,

    /// <summary>Those that nobody but the asker answered.</summary>
    Open = 1,

    /// <summary>Those that somebody answered.</summary>
    Answered = 2,

    /// <summary>Those that nobody answered in time: the course team's.</summary>
    Overdue = 3,

    /// <summary>Those of which the asker accepted no answer: what a profile counts as open.</summary>
    Unaccepted = 4,
}
