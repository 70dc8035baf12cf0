using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>The key of a tenant's dead letters: <c>{tenant}</c>, percent-encoded.</summary>
public readonly record struct DeadLetterKey
{
    private DeadLetterKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>The tenant.</summary>
    public TenantId Tenant => new(KeyText.Decode(Value));

    /// <summary>Builds a key.</summary>
    public static DeadLetterKey For(TenantId tenant) => new(KeyText.Encode(tenant.Value));

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not how the key of dead letters is written.</exception>
    public static DeadLetterKey Parse(string text)
    {
        var key = new DeadLetterKey(text);
        return text.Length > 0 && For(key.Tenant) == key
            ? key
            : throw new FormatException($"'{text}' is not the key of dead letters ({{tenant}}): build it with {nameof(DeadLetterKey)}.{nameof(For)}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
