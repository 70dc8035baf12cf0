using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CourseCompletion.Grains.Completion;

/// <summary>The stored catalogue of models and the model files, in grain storage.</summary>
/// <remarks>Silos read it themselves, also before they serve; only the catalogue's grain writes.</remarks>
internal sealed class ModelStore([FromKeyedServices(StorageNames.GrainStorageName)] IGrainStorage storage)
{
    private const string StateName = "model";
    private static readonly GrainId _catalog = GrainId.Create("modelcatalog", "completion");

    /// <summary>The catalogue, and the tag that a write must bring.</summary>
    public async Task<(ModelCatalog Catalog, string? ETag)> ReadAsync()
    {
        var stored = await ReadAsync(_catalog);
        return stored.RecordExists ? (ModelCatalogCodec.Decode(stored.State!.Bytes.Span), stored.ETag) : (ModelCatalog.Empty, null);
    }

    /// <summary>Stores a catalogue over the one with a tag; answers the new tag.</summary>
    public async Task<string?> WriteAsync(ModelCatalog catalog, string? etag)
    {
        var stored = new GrainState<StoredPayload>(new() { Bytes = ModelCatalogCodec.Encode(catalog) }, etag) { RecordExists = etag is not null };
        await storage.WriteStateAsync(StateName, _catalog, stored);
        return stored.ETag;
    }

    /// <summary>A model's file; empty when there is none or it was let go.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadFileAsync(string name) => (await ReadAsync(FileOf(name))) is { RecordExists: true } stored ? stored.State!.Bytes : default;

    /// <summary>Stores a model's file.</summary>
    public async Task WriteFileAsync(string name, byte[] file)
    {
        var stored = await ReadAsync(FileOf(name));
        stored.State = new() { Bytes = file };
        await storage.WriteStateAsync(StateName, FileOf(name), stored);
    }

    /// <summary>Lets go of the bytes of a model that the catalogue does not name any more.</summary>
    public Task DropFileAsync(string name) => WriteFileAsync(name, []);

    private static GrainId FileOf(string name) => GrainId.Create("modelfile", name);

    private async Task<GrainState<StoredPayload>> ReadAsync(GrainId id)
    {
        var stored = new GrainState<StoredPayload>(new());
        await storage.ReadStateAsync(StateName, id, stored);
        return stored;
    }
}
