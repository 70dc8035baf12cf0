namespace CourseCompletion.Domain.Stores;

/// <summary>What a grain keeps in Orleans grain storage: bytes written by an explicit, versioned codec of Domain.</summary>
/// <remarks>Storage writes the bytes as they are; no reflection-based serializer ever decides a stored layout.</remarks>
public sealed class StoredPayload
{
    /// <summary>The encoded state; empty when nothing was stored.</summary>
    public ReadOnlyMemory<byte> Bytes { get; set; }
}
