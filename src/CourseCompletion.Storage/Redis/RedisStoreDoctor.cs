using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Redis.Courses;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads a store on Redis beside the silos that serve it; neither its identity nor a witness is touched.</summary>
internal static class RedisStoreDoctor
{
    public static async Task<StoreVerification> VerifyAsync(
        StorageOptions options, string serviceId, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        try
        {
            var view = await RedisStoreView.OpenAsync(options, serviceId, "coursecompletion-doctor", cancellationToken).ConfigureAwait(false);
            await using (view.ConfigureAwait(false))
            {
                return await VerifyAsync(view, progress, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (StoreCorruptException damage)
        {
            return new StoreVerification(0, [damage.Message]);
        }
        catch (Exception failure) when (RedisFailure.IsOne(failure))
        {
            throw new StoreUnavailableException($"Redis cannot be reached or read: {failure.Message}", failure);
        }
    }

    private static async Task<StoreVerification> VerifyAsync(RedisStoreView view, IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        if (await view.Meta.FindUnmarkedPartitionAsync(view.Identity, view.Keys).ConfigureAwait(false) is { } partition)
        {
            return new StoreVerification(0, [$"Partition {partition} does not carry the mark of the store's incarnation: its keys were removed, or a start is under way."]);
        }

        var rosters = new RedisRosterStore(view.Connection.GetDatabase(), view.Keys, view.Identity.Epoch, view.Fence);
        return await new RedisStoreVerifier(view.Connection, view.Keys, view.Journals, rosters).VerifyAllAsync(progress, cancellationToken).ConfigureAwait(false);
    }
}
