namespace CourseCompletion.Domain.Learners;

/// <summary>Names a learner within a tenant: 1 to 128 bytes of UTF-8, chosen by the producer.</summary>
public readonly record struct LearnerId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
