using System.Globalization;

namespace CourseCompletion.Storage.Witness;

/// <summary>Whether a store is what its witness says, and in which incarnation it goes on.</summary>
/// <param name="Refusal">Why the store must not be used without an override; null when all is well.</param>
/// <param name="Message">What was found and what to do; empty when all is well.</param>
/// <param name="Incarnation">The incarnation in which the store goes on if it is used.</param>
internal readonly record struct WitnessVerdict(StoreRefusal? Refusal, string Message, long Incarnation)
{
    // Without a witness nobody knows how often the store was restored before; so many restores between two backups do not happen.
    private const int UnknownRestores = 1000;

    private const string Override =
        " If you know why and want to go on with what is here, start once with Storage:AcceptStore=true: the incarnation is raised, so that what rosters and watchers "
        + "heard after the lost point gives way to what they hear from now on.";

    /// <summary>Judges a store that is not there.</summary>
    public static WitnessVerdict OnMissingStore(StoreWitness? witness, string path) => witness is null
        ? new(null, string.Empty, 1)
        : new(
            StoreRefusal.Deleted,
            Text($"The store {path} is missing, although its witness has seen commit {witness.Commit} of store {witness.StoreId}.")
                + " Was it deleted, or is Storage:DataDirectory wrong? Put the store back." + Override,
            witness.Incarnation + 1);

    /// <summary>Judges a store that is there.</summary>
    public static WitnessVerdict On(StoreWitness? witness, Guid storeId, long storedIncarnation, long commit, string path)
    {
        if (witness is null)
        {
            return commit == 0
                ? new(null, string.Empty, storedIncarnation)
                : new(
                    StoreRefusal.WitnessMissing,
                    Text($"The store {path} has {commit} commits but no witness file beside it, so nobody can tell whether it is the newest copy.") + Override,
                    storedIncarnation + UnknownRestores);
        }

        var raised = Math.Max(witness.Incarnation, storedIncarnation) + 1;
        if (witness.StoreId != storeId)
        {
            return new(
                StoreRefusal.Foreign,
                Text($"The store {path} is store {storeId}, but the witness beside it belongs to store {witness.StoreId}.") + " Put the right one back." + Override,
                raised);
        }

        return commit < witness.Commit
            ? new(
                StoreRefusal.Older,
                Text($"The store {path} ends at commit {commit}, but its witness has seen commit {witness.Commit}: it is an older copy, or its newest part is missing")
                    + " (was the -wal file left behind?)." + Override,
                raised)
            : new(null, string.Empty, Math.Max(witness.Incarnation, storedIncarnation));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
