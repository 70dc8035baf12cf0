namespace CourseCompletion.Domain.Campaigns;

/// <summary>What of a course's questions a campaign reminds of. The bits are stored and never reused.</summary>
[Flags]
public enum QuestionOccasions : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The asker of an answer that was not read yet.</summary>
    Answered = 1,

    /// <summary>Likely answerers of a question that nobody answered in time.</summary>
    Unanswered = 2,

    /// <summary>Those with an open question of a live session.</summary>
    Session = 4,

    /// <summary>All of it.</summary>
    All = Answered | Unanswered | Session,
}
