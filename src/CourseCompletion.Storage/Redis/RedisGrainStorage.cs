using CourseCompletion.Domain.Stores;
using Orleans.Persistence.Redis;
using Orleans.Storage;

namespace CourseCompletion.Storage.Redis;

/// <summary>Grain storage on Redis that says what the engine's other stores say when Redis does not answer: Orleans' own says it with an exception that callers take for a bug.</summary>
internal sealed class RedisGrainStorage(IGrainStorage redis) : IGrainStorage
{
    /// <summary>What Orleans' storage is registered as.</summary>
    public const string InnerName = "coursecompletion-redis";

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => TranslatedAsync(redis.ReadStateAsync(stateName, grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => TranslatedAsync(redis.WriteStateAsync(stateName, grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => TranslatedAsync(redis.ClearStateAsync(stateName, grainId, grainState));

    private static async Task TranslatedAsync(Task call)
    {
        try
        {
            await call.ConfigureAwait(false);
        }
        catch (RedisStorageException e)
        {
            throw new StoreUnavailableException("Redis did not take or give a grain's state; try again.", e);
        }
    }
}
