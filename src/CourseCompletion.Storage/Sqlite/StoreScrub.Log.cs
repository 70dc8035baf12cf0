using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

internal sealed partial class StoreScrub
{
    [LoggerMessage(4020, LogLevel.Error, "The store is damaged: {Damage} Whoever needs it hears of it; restore a backup.")]
    private partial void LogDamage(string damage);

    [LoggerMessage(4021, LogLevel.Warning, "The store could not be read to verify it; the next pass tries again.")]
    private partial void LogUnreadable(Exception failure);
}
