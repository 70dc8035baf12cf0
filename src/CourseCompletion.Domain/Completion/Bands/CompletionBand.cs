namespace CourseCompletion.Domain.Completion.Bands;

/// <summary>How an enrolment stands beside those who completed. The numbers are stored and on the wire, and never reused.</summary>
public enum CompletionBand : byte
{
    /// <summary>None: not enrolled, withdrawn or completed, or not evaluated yet.</summary>
    None = 0,

    /// <summary>Where most of those were who completed.</summary>
    OnTrack = 1,

    /// <summary>Lower than most of them.</summary>
    Slipping = 2,

    /// <summary>Where few of them were.</summary>
    AtRisk = 3,

    /// <summary>Where hardly one of them was.</summary>
    Lost = 4,
}
