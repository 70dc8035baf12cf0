using System.Globalization;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>What the store's file knows about itself.</summary>
/// <param name="StoreId">Made once, when the store was created.</param>
/// <param name="PartitionCount">Fixed when the store was created, because learners were placed by it.</param>
/// <param name="Incarnation">The incarnation at the last start; the witness file has the last word.</param>
internal sealed record StoreMeta(Guid StoreId, int PartitionCount, long Incarnation)
{
    private const string Read = "SELECT value FROM meta WHERE name=?1";
    private const string Upsert = "INSERT OR REPLACE INTO meta(name, value) VALUES(?1, ?2)";

    /// <exception cref="StoreCorruptException">A value is missing or cannot be read.</exception>
    public static StoreMeta ReadFrom(SqliteDatabase database) => new(
        Guid.TryParseExact(Value(database, "store_id"), "D", out var id) ? id : throw Unreadable("store_id"),
        int.TryParse(Value(database, "partition_count"), NumberStyles.None, CultureInfo.InvariantCulture, out var partitions) && partitions > 0
            ? partitions
            : throw Unreadable("partition_count"),
        long.TryParse(Value(database, "incarnation"), NumberStyles.None, CultureInfo.InvariantCulture, out var incarnation) && incarnation > 0
            ? incarnation
            : throw Unreadable("incarnation"));

    /// <summary>Writes all values, inside the caller's transaction.</summary>
    public void Write(SqliteDatabase database)
    {
        using var statement = database.Use(Upsert);
        statement.Bind(1, "store_id").Bind(2, StoreId.ToString("D")).Run();
        statement.Bind(1, "partition_count").Bind(2, PartitionCount.ToString(CultureInfo.InvariantCulture)).Run();
        statement.Bind(1, "incarnation").Bind(2, Incarnation.ToString(CultureInfo.InvariantCulture)).Run();
    }

    private static string Value(SqliteDatabase database, string name)
    {
        using var statement = database.Use(Read);
        return statement.Bind(1, name).Step()
            ? statement.Text(0)
            : throw new StoreCorruptException($"The store does not say its {name}.");
    }

    private static StoreCorruptException Unreadable(string name) => new($"What the store says of its {name} cannot be read.");
}
