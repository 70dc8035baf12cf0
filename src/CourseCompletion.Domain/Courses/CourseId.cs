namespace CourseCompletion.Domain.Courses;

/// <summary>Names a course within a tenant: 1 to 128 bytes of UTF-8, chosen by the producer.</summary>
public readonly record struct CourseId(string Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value;
}
