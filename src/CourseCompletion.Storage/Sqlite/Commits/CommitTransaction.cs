using CourseCompletion.Storage.Sqlite.Learners;

namespace CourseCompletion.Storage.Sqlite.Commits;

/// <summary>The transaction that the writer thread has open; one object, used again for each.</summary>
internal sealed class CommitTransaction(JournalWindow window, LogBuffer log)
{
    // ETags number the writes of a commit: no two writes of a store's life share one, so that an ETag of a row that was removed never fits its successor.
    private const int WritesPerCommitBits = 16;

    private readonly List<LearnerEntry> _touched = [];
    private SqliteDatabase? _database;
    private long _writes;

    public JournalWindow Window => window;

    public LogBuffer Log => log;

    public SqliteDatabase Database => _database ?? throw new InvalidOperationException("No transaction is open.");

    /// <summary>The commit's number: one more than the last.</summary>
    public long Number { get; private set; }

    /// <summary>The commit's time in milliseconds since 1970-01-01 UTC.</summary>
    public long CommittedAt { get; private set; }

    /// <summary>Whether anything was written, so that there is something to commit.</summary>
    public bool Changed { get; private set; }

    public void Begin(SqliteDatabase database, long number, long committedAt, int logBytesMax)
    {
        _database = database;
        _writes = 0;
        Number = number;
        CommittedAt = committedAt;
        Changed = false;
        log.Begin(number, committedAt, logBytesMax);
    }

    public void MarkChanged() => Changed = true;

    /// <summary>A version that no other write of this store ever had or will have.</summary>
    public long NextETag()
    {
        Changed = true;
        return (Number << WritesPerCommitBits) + _writes++;
    }

    /// <summary>Remembers that a learner's proposed head or trim may have to be taken back.</summary>
    public void Touch(LearnerEntry entry)
    {
        Changed = true;
        _touched.Add(entry);
    }

    /// <summary>Forgets the transaction after it was committed or had changed nothing.</summary>
    public void End()
    {
        _touched.Clear();
        _database = null;
    }

    /// <summary>Takes back what was proposed in memory.</summary>
    public void Undo()
    {
        foreach (var entry in _touched)
        {
            entry.TakeBackProposals();
        }

        log.Abandon();
        End();
    }
}
