using System.Text.Json;
using System.Text.Json.Serialization;

namespace CourseCompletion.Storage.Witness;

/// <summary>What is known of a store outside of it: enough to notice that it was deleted, cut, exchanged or replaced by an older copy.</summary>
/// <param name="StoreId">Which store.</param>
/// <param name="Incarnation">How often it was restored or accepted against its witness.</param>
/// <param name="Commit">A commit that the store has for certain.</param>
/// <param name="StoppedCleanly">Whether <paramref name="Commit"/> is the last one, written at a clean stop.</param>
internal sealed record StoreWitness(
    [property: JsonRequired] Guid StoreId,
    [property: JsonRequired] long Incarnation,
    [property: JsonRequired] long Commit,
    bool StoppedCleanly);

[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(StoreWitness))]
internal sealed partial class WitnessJson : JsonSerializerContext;

/// <summary>The witness file beside the store: <c>witness.json</c>.</summary>
internal sealed class WitnessFile(string directory)
{
    public const string FileName = "witness.json";

    private StoreWitness? _written;

    public string FilePath { get; } = Path.Combine(directory, FileName);

    /// <summary>Reads the file; null when there is none.</summary>
    /// <exception cref="StoreRefusedException">The file is not a witness.</exception>
    public StoreWitness? Read()
    {
        if (!File.Exists(FilePath))
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(FilePath), WitnessJson.Default.StoreWitness)
                ?? throw new JsonException("The file says null.");
        }
        catch (JsonException failure)
        {
            throw new StoreRefusedException(
                StoreRefusal.Damaged,
                $"The witness file {FilePath} cannot be read ({failure.Message}). Restore it from where it was copied, or, to go on without what it knew, "
                + "delete it and start once with Storage:AcceptStore=true.",
                failure);
        }
    }

    /// <summary>Brings the witness to the disk if it says something new.</summary>
    public void Write(StoreWitness witness)
    {
        if (witness != _written)
        {
            DurableFiles.Replace(FilePath, JsonSerializer.SerializeToUtf8Bytes(witness, WitnessJson.Default.StoreWitness));
            _written = witness;
        }
    }
}
