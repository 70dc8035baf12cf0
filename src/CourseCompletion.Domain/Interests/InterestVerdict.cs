namespace CourseCompletion.Domain.Interests;

/// <summary>What a learner says about an interest. The numbers are stored and never reused.</summary>
public enum InterestVerdict : byte
{
    /// <summary>Nothing: what was observed counts.</summary>
    AsObserved = 0,

    /// <summary>Interested, whatever was observed.</summary>
    Interested = 1,

    /// <summary>Not interested, whatever was observed.</summary>
    NotInterested = 2,
}
