using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Stores;
using Orleans.Storage;

namespace CourseCompletion.Storage;

/// <summary>Passes the bytes of a <see cref="StoredPayload"/> through as they are; the stored layout is Domain's decision alone.</summary>
internal sealed class StoredPayloadSerializer : IGrainStorageSerializer
{
    public static StoredPayloadSerializer Instance { get; } = new();

    public BinaryData Serialize<T>(T? input)
    {
        RequireStoredPayload<T>();
        return new BinaryData(Unsafe.As<T?, StoredPayload?>(ref input)?.Bytes ?? ReadOnlyMemory<byte>.Empty);
    }

    public T Deserialize<T>(BinaryData input)
    {
        RequireStoredPayload<T>();
        var payload = new StoredPayload { Bytes = input.ToMemory() };
        return Unsafe.As<StoredPayload, T>(ref payload);
    }

    private static void RequireStoredPayload<T>()
    {
        if (typeof(T) != typeof(StoredPayload))
        {
            throw new NotSupportedException(
                $"This storage keeps {nameof(StoredPayload)} only, not {typeof(T)}: encode the state with an explicit, versioned codec of its own.");
        }
    }
}
