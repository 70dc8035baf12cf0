using System.Globalization;
using CourseCompletion.Storage.Witness;

namespace CourseCompletion.Storage.Redis;

/// <summary>Decides whether the store at hand is the one that this data directory's witness knows, and creates it when there is none.</summary>
/// <remarks>
/// Several silos open one store, each with a witness of its own, and a new silo has none. So a missing witness is no reason to refuse, and a store in a
/// newer incarnation than the witness has been judged and accepted at another silo.
/// </remarks>
internal sealed class RedisStoreOpening(RedisStoreMeta meta, RedisStoreOptions options, TimeProvider time)
{
    private const string Override =
        " If you know why and want to go on with what is here, start every silo once with Storage:AcceptStore=true: the incarnation is raised, so that what "
        + "rosters and watchers heard after the lost point gives way to what they hear from now on.";

    /// <summary>Opens or creates the store and brings it to the incarnation in which it goes on.</summary>
    /// <exception cref="StoreRefusedException">The store is not what the witness says, or cannot be read by this release.</exception>
    public async Task<RedisStoreIdentity> OpenAsync(StoreWitness? witness)
    {
        var found = await meta.ReadAsync().ConfigureAwait(false);
        var identity = found is null
            ? await CreatedAsync(witness).ConfigureAwait(false)
            : await ComparedWithAsync(found, witness).ConfigureAwait(false);
        return await MarkedAsync(identity).ConfigureAwait(false);
    }

    private async Task<RedisStoreIdentity> CreatedAsync(StoreWitness? witness)
    {
        if (await meta.AnyPartitionIsMarkedAsync(new RedisKeys(options.ServiceId, options.PartitionCount)).ConfigureAwait(false))
        {
            // Another silo may just be creating the store: then its identity is there by now.
            return await meta.ReadAsync().ConfigureAwait(false) is { } created
                ? await ComparedWithAsync(created, witness).ConfigureAwait(false)
                : throw new StoreRefusedException(
                    StoreRefusal.Damaged,
                    Text($"The store of service '{options.ServiceId}' has partitions but no identity: the key '{RedisKeys.Meta(options.ServiceId)}' was removed. ")
                    + "Put it back from a backup; without it nobody knows how learners were placed.");
        }

        if (witness is not null)
        {
            RefuseUnlessAccepted(
                StoreRefusal.Deleted,
                Text($"There is no store of service '{options.ServiceId}' in this Redis, although the witness has seen commit {witness.Commit} of store {witness.StoreId}. ")
                + "Was it emptied, did it lose its volume, or does Storage:Redis name another one? Put the data back.");
        }

        return await meta.CreateAsync((witness?.Incarnation ?? 0) + 1, options.PartitionCount, time).ConfigureAwait(false);
    }

    private async Task<RedisStoreIdentity> ComparedWithAsync(RedisStoreIdentity identity, StoreWitness? witness)
    {
        if (identity.Layout != RedisStoreIdentity.CurrentLayout)
        {
            throw new StoreRefusedException(
                StoreRefusal.UnknownVersion,
                Text($"The store has layout {identity.Layout}, but this release reads layout {RedisStoreIdentity.CurrentLayout}. Start the release that wrote it."));
        }

        if (witness is null)
        {
            return identity;
        }

        if (identity.StoreId != witness.StoreId)
        {
            RefuseUnlessAccepted(
                StoreRefusal.Foreign,
                Text($"This Redis holds store {identity.StoreId} of service '{options.ServiceId}', but the witness belongs to store {witness.StoreId}. ")
                + "Does Storage:Redis name the right one?");
        }
        else if (identity.Incarnation < witness.Incarnation || (identity.Incarnation == witness.Incarnation && identity.Commit < witness.Commit))
        {
            RefuseUnlessAccepted(
                StoreRefusal.Older,
                Text($"The store ends at commit {identity.Commit} of incarnation {identity.Incarnation}, but the witness has seen commit {witness.Commit} of incarnation ")
                + Text($"{witness.Incarnation}: it is an older copy, or its newest part is missing."));
        }
        else
        {
            return identity;
        }

        return identity.Incarnation > witness.Incarnation
            ? identity
            : await meta.RaiseAsync(identity, witness.Incarnation + 1).ConfigureAwait(false);
    }

    private async Task<RedisStoreIdentity> MarkedAsync(RedisStoreIdentity identity)
    {
        var keys = new RedisKeys(options.ServiceId, identity.PartitionCount);
        if (identity.Ready && await meta.FindUnmarkedPartitionAsync(identity, keys).ConfigureAwait(false) is { } partition)
        {
            RefuseUnlessAccepted(
                StoreRefusal.Damaged,
                Text($"Partition {partition} of the store does not carry its mark: its keys were removed. Put the data back."));
            identity = await meta.RaiseAsync(identity, identity.Incarnation + 1).ConfigureAwait(false);
        }

        return identity.Ready ? identity : await meta.MarkPartitionsAsync(identity, keys).ConfigureAwait(false);
    }

    private void RefuseUnlessAccepted(StoreRefusal reason, string message)
    {
        // Whoever allows weak durability has accepted that the newest part may be missing after a crash; the incarnation is raised all the same.
        if (!options.AcceptStore && !(reason == StoreRefusal.Older && options.AllowWeakDurability))
        {
            throw new StoreRefusedException(reason, message + Override);
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
