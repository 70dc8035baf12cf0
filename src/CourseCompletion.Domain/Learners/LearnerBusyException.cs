namespace CourseCompletion.Domain.Learners;

/// <summary>Too much already waits for this learner; nothing was applied, and asking later helps.</summary>
public sealed class LearnerBusyException : Exception
{
    /// <summary>Reports that a learner is busy.</summary>
    public LearnerBusyException(string message)
        : base(message)
    {
    }
}
