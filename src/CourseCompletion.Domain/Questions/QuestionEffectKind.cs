namespace CourseCompletion.Domain.Questions;

/// <summary>What a question brings about. The numbers are stored and never reused.</summary>
public enum QuestionEffectKind : byte
{
    /// <summary>Never stored.</summary>
    Unspecified = 0,

    /// <summary>The asker's event: a question was asked.</summary>
    RecordAsked = 1,

    /// <summary>The answerer's event: a question was answered.</summary>
    RecordAnswered = 2,

    /// <summary>The asker's event: an answer was accepted.</summary>
    RecordAccepted = 3,

    /// <summary>A nudge to the asker: there is an answer.</summary>
    OfferAnswered = 4,

    /// <summary>A nudge to someone who may know the answer.</summary>
    OfferLikely = 5,

    /// <summary>Closes a nudge to the asker that was put off: the answer was read.</summary>
    CloseAnswered = 6,
}
