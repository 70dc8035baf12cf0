using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Archive;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Reads the whole store and compares checksums: slowly in the background, or at once for a doctor command.</summary>
internal sealed partial class StoreScrub(ReaderPool readers, IJournalArchive archive, TimeProvider time, ILogger logger, StorageOptions options)
{
    private const int DamagesMax = 1000;
    private const int RowsPerPage = 200;

    private static readonly TimeSpan _pauseBetweenPasses = TimeSpan.FromHours(1);

    /// <summary>Reads everything, page by page, until cancelled; what is damaged is logged.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (options.ScrubRowsPerSecond == 0)
        {
            return;
        }

        var pause = TimeSpan.FromSeconds((double)RowsPerPage / options.ScrubRowsPerSecond);
        while (true)
        {
            await Task.Delay(_pauseBetweenPasses, time, stopping).ConfigureAwait(false);
            var damages = new List<string>();
            try
            {
                foreach (var table in ScrubTable.All)
                {
                    await ScrubAsync(table, damages, pause, stopping).ConfigureAwait(false);
                }
            }
            catch (StoreUnavailableException failure)
            {
                LogUnreadable(failure);
            }

            foreach (var damage in damages)
            {
                LogDamage(damage);
            }
        }
    }

    /// <summary>Reads everything at once, SQLite's own structures and the archive included.</summary>
    public async Task<StoreVerification> VerifyAllAsync(CancellationToken cancellationToken)
    {
        var damages = new List<string>();
        var read = 0L;
        try
        {
            var structure = await readers.ReadAsync(static database => database.QueryTexts("PRAGMA quick_check(100)"), cancellationToken).ConfigureAwait(false);
            damages.AddRange(structure.Where(line => line != "ok"));
        }
        catch (StoreCorruptException damage)
        {
            damages.Add(damage.Message);
        }

        foreach (var table in ScrubTable.All)
        {
            read += await ScrubAsync(table, damages, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        }

        if (archive is FileJournalArchive files)
        {
            read += await files.VerifyAsync(damages, cancellationToken).ConfigureAwait(false);
        }

        return new StoreVerification(read, damages.Count <= DamagesMax ? damages : damages[..DamagesMax]);
    }

    private async Task<long> ScrubAsync(ScrubTable table, List<string> damages, TimeSpan pause, CancellationToken cancellationToken)
    {
        var read = 0L;
        object[]? after = null;
        while (true)
        {
            ScrubPage page;
            try
            {
                var from = after;
                page = await readers.ReadAsync(database => table.Read(database, from, RowsPerPage), cancellationToken).ConfigureAwait(false);
            }
            catch (StoreCorruptException damage)
            {
                // The pages behind the damage cannot be reached through it.
                damages.Add($"Table {table.Name} cannot be read further: {damage.Message}");
                return read;
            }

            read += page.Rows;
            damages.AddRange(page.Damages.Take(Math.Max(0, DamagesMax - damages.Count)));
            if (page.Rows < RowsPerPage)
            {
                return read;
            }

            after = page.Last;
            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
