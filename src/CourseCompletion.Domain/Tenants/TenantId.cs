namespace CourseCompletion.Domain.Tenants;

/// <summary>Names the organisation that owns learners and courses.</summary>
/// <remarks>Until accounts exist there is one tenant, <see cref="Default"/>.</remarks>
public readonly record struct TenantId(string Value)
{
    /// <summary>The tenant of an installation without accounts.</summary>
    public static TenantId Default { get; } = new("default");

    /// <inheritdoc/>
    public override string ToString() => Value;
}
