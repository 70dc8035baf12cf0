using System.Text.Json;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace CourseCompletion.Cli.Bench;

/// <summary>Grain storage that writes any state as JSON into the engine's store: the embedded store's counterpart of Orleans' stock Redis persistence.</summary>
internal sealed class JsonGrainStorage(IServiceProvider services) : IGrainStorage
{
    private readonly IGrainStorage _inner = services.GetRequiredKeyedService<IGrainStorage>(StorageNames.GrainStorageName);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var inner = new GrainState<StoredPayload>(new StoredPayload(), grainState.ETag);
        await _inner.ReadStateAsync(stateName, grainId, inner);
        (grainState.ETag, grainState.RecordExists) = (inner.ETag, inner.RecordExists);
        grainState.State = inner.State is not { Bytes.IsEmpty: false } ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(inner.State.Bytes.Span)!;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var inner = new GrainState<StoredPayload>(new StoredPayload { Bytes = JsonSerializer.SerializeToUtf8Bytes(grainState.State) }, grainState.ETag);
        await _inner.WriteStateAsync(stateName, grainId, inner);
        (grainState.ETag, grainState.RecordExists) = (inner.ETag, inner.RecordExists);
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var inner = new GrainState<StoredPayload>(new StoredPayload(), grainState.ETag);
        await _inner.ClearStateAsync(stateName, grainId, inner);
        (grainState.ETag, grainState.RecordExists) = (inner.ETag, inner.RecordExists);
    }
}
