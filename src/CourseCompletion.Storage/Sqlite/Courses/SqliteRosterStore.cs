using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Storage.Sqlite.Commits;

namespace CourseCompletion.Storage.Sqlite.Courses;

/// <summary>Rosters on the embedded store.</summary>
internal sealed class SqliteRosterStore(WriteQueue queue, ReaderPool readers) : IRosterStore
{
    // Read in pages, each a short transaction, so that a large shard holds up no checkpoint; written in parts, so that it holds up no append.
    private const int RowsPerPage = 1000;
    private const int RowsPerRequestMax = 512;

    public ValueTask TakeOverAsync(RosterKey roster, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public async IAsyncEnumerable<StoredRosterRow> ReadAsync(RosterKey roster, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var after = string.Empty;
        while (true)
        {
            var from = after;
            var page = await readers.ReadAsync(database => RosterRows.Read(database, roster, from, RowsPerPage), cancellationToken).ConfigureAwait(false);
            foreach (var row in page)
            {
                yield return row;
            }

            if (page.Count < RowsPerPage)
            {
                yield break;
            }

            after = page[^1].Learner.Value;
        }
    }

    public async ValueTask WriteAsync(
        RosterKey roster, IReadOnlyList<StoredRosterRow> upserts, IReadOnlyList<RosterRowRemoval> removals, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (upserts.Count + removals.Count <= RowsPerRequestMax)
        {
            await WriteAsync(new RosterWriteRequest(roster, upserts, removals)).ConfigureAwait(false);
            return;
        }

        // In the order of the key, so that each page of the table is written by one of the parts; queued at once, so that parts share transactions.
        var parts = new List<Task>();
        parts.AddRange(upserts.OrderBy(row => row.Learner.Value, StringComparer.Ordinal).Chunk(RowsPerRequestMax)
            .Select(part => WriteAsync(new RosterWriteRequest(roster, part, []))));
        parts.AddRange(removals.Chunk(RowsPerRequestMax).Select(part => WriteAsync(new RosterWriteRequest(roster, [], part))));
        await Task.WhenAll(parts).ConfigureAwait(false);
    }

    private Task<bool> WriteAsync(RosterWriteRequest request)
    {
        queue.Add(request);
        return request.Completion;
    }
}
