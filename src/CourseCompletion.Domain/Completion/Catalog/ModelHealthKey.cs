using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Completion.Catalog;

/// <summary>Names the health of a model among one tenant's learners: <c>{tenant}/{model}</c>, percent-encoded.</summary>
public readonly record struct ModelHealthKey
{
    private ModelHealthKey(string value) => Value = value;

    /// <summary>The key's text.</summary>
    public string Value { get; }

    /// <summary>The tenant.</summary>
    public TenantId Tenant => KeyText.TenantOf(Value);

    /// <summary>The model's name.</summary>
    public string Model => KeyText.Decode(Value.AsSpan(Value.IndexOf('/', StringComparison.Ordinal) + 1));

    /// <summary>Builds a key.</summary>
    public static ModelHealthKey For(TenantId tenant, string model) => new(string.Concat(KeyText.Encode(tenant.Value), "/", KeyText.Encode(model)));

    /// <summary>Reads a key's text back.</summary>
    /// <exception cref="FormatException">The text is not how the key of a model's health is written.</exception>
    public static ModelHealthKey Parse(string text)
    {
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var key = new ModelHealthKey(text);
        return slash > 0 && slash == text.LastIndexOf('/') && slash < text.Length - 1 && For(key.Tenant, key.Model) == key
            ? key
            : throw new FormatException($"'{text}' is not the key of a model's health ({{tenant}}/{{model}}): build it with {nameof(ModelHealthKey)}.{nameof(For)}.");
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
