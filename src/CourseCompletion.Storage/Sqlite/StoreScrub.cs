using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage.Archive;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Sqlite;

/// <summary>Reads the whole store and compares checksums: slowly in the background, or at once for a doctor command.</summary>
internal sealed partial class StoreScrub(
    string directory, ReaderPool readers, IJournalArchive? archive, TimeProvider time, ILogger logger, StorageOptions options)
{
    private const int DamagesMax = 1000;
    private const int RowsPerPage = 200;

    private static readonly TimeSpan _pauseAtStart = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan _pauseBetweenPasses = TimeSpan.FromHours(1);

    /// <summary>Reads everything, page by page, until cancelled; what is damaged is logged as it is found. Goes on where the process before stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        if (options.ScrubRowsPerSecond == 0)
        {
            return;
        }

        await Task.Delay(_pauseAtStart, time, stopping).ConfigureAwait(false);
        for (var from = ScrubPosition.Read(directory); ; from = ScrubPosition.Read(directory))
        {
            try
            {
                await PassAsync(from, stopping).ConfigureAwait(false);
            }
            catch (StoreUnavailableException failure)
            {
                LogUnreadable(failure);
            }

            await Task.Delay(_pauseBetweenPasses, time, stopping).ConfigureAwait(false);
        }
    }

    /// <summary>Reads everything at once, SQLite's own structures and the archive included.</summary>
    public async Task<StoreVerification> VerifyAllAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
    {
        var damages = new List<string>();
        var read = 0L;
        progress?.Report(new("the file's structure", read));
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
            await foreach (var page in PagesAsync(table, after: null, cancellationToken).ConfigureAwait(false))
            {
                read += page.Rows;
                progress?.Report(new("table " + table.Name, read));
                damages.AddRange(page.Damages.Take(Math.Max(0, DamagesMax - damages.Count)));
            }
        }

        if (archive is FileJournalArchive files)
        {
            progress?.Report(new("the archive", read));
            read += await files.VerifyAsync(damages, cancellationToken).ConfigureAwait(false);
        }

        return new StoreVerification(read, damages.Count <= DamagesMax ? damages : damages[..DamagesMax]);
    }

    private async Task PassAsync(ScrubPosition from, CancellationToken stopping)
    {
        var pause = TimeSpan.FromSeconds((double)RowsPerPage / options.ScrubRowsPerSecond);
        var first = from.TableIndex;
        for (var index = first; index < ScrubTable.All.Count; index++)
        {
            var table = ScrubTable.All[index];
            await foreach (var page in PagesAsync(table, index == first ? from.After(table) : null, stopping).ConfigureAwait(false))
            {
                page.Damages.ForEach(LogDamage);
                ScrubPosition.Of(table, page.Last).TryWrite(directory);
                if (page.Rows == RowsPerPage)
                {
                    await Task.Delay(pause, time, stopping).ConfigureAwait(false);
                }
            }
        }

        ScrubPosition.Start.TryWrite(directory);
    }

    private async IAsyncEnumerable<ScrubPage> PagesAsync(ScrubTable table, object[]? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ScrubPage page;
        do
        {
            try
            {
                var from = after;
                page = await readers.ReadAsync(database => table.Read(database, from, RowsPerPage), cancellationToken).ConfigureAwait(false);
            }
            catch (StoreCorruptException damage)
            {
                // The pages behind the damage cannot be reached through it.
                page = new ScrubPage { Last = after ?? [] };
                page.Damages.Add($"Table {table.Name} cannot be read further: {damage.Message}");
            }

            yield return page;
            after = page.Last;
        }
        while (page.Rows == RowsPerPage);
    }
}
