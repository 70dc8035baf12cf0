namespace CourseCompletion.Domain.Learners;

/// <summary>What is remembered of one producer of a learner's events: how new its newest is, and which days' identities are kept.</summary>
public sealed class SourceState(string name)
{
    /// <summary>The producer.</summary>
    public string Name { get; } = name;

    /// <summary>The newest <c>occurred_at</c> (as produced) accepted from it.</summary>
    public long NewestAtMs { get; set; }

    /// <summary>The first day still remembered: events before it are <see cref="RejectionReason.TooLate"/>.</summary>
    public int FloorDay { get; set; }

    /// <summary>The remembered days with how many identities each has, ascending by day.</summary>
    public List<DedupeDay> Days { get; } = [];

    /// <summary>The day's entry, or null.</summary>
    public DedupeDay? FindDay(int day)
    {
        for (var i = Days.Count - 1; i >= 0; i--)
        {
            if (Days[i].Day == day)
            {
                return Days[i];
            }
        }

        return null;
    }
}

/// <summary>The identities of one source on one day.</summary>
/// <remarks>
/// The count is part of the learner's snapshot; the identities are not: those of sealed frames lie in the journal's segments and are loaded when the day is asked for,
/// those of newer frames are kept here until they are sealed.
/// </remarks>
public sealed class DedupeDay
{
    private HashSet<UInt128>? _known;

    /// <summary>A day without identities yet.</summary>
    public DedupeDay(int day)
    {
        Day = day;
        IsLoaded = true;
    }

    /// <summary>A day of which some identities are sealed in the journal's segments.</summary>
    public DedupeDay(int day, int sealedCount)
    {
        Day = day;
        Count = sealedCount;
        IsLoaded = sealedCount == 0;
    }

    /// <summary>Days since 1970-01-01 UTC, as produced.</summary>
    public int Day { get; }

    /// <summary>How many identities the day has.</summary>
    public int Count { get; private set; }

    /// <summary>Identities of frames that are not sealed yet.</summary>
    public List<UInt128> Unsealed { get; } = [];

    /// <summary>Whether every identity of the day is in memory.</summary>
    public bool IsLoaded { get; private set; }

    /// <summary>Whether the day has this identity. Ask only when <see cref="IsLoaded"/>.</summary>
    public bool Contains(UInt128 identity) => _known is not null && _known.Contains(identity);

    /// <summary>Remembers a new identity.</summary>
    public void Remember(UInt128 identity)
    {
        (_known ??= new(1)).Add(identity);
        Unsealed.Add(identity);
        Count++;
    }

    /// <summary>Brings the sealed identities into memory.</summary>
    public void Load(ReadOnlySpan<UInt128> identities)
    {
        _known ??= new(identities.Length);
        foreach (var identity in identities)
        {
            _known.Add(identity);
        }

        IsLoaded = true;
    }

    /// <summary>Lets go of the identities in memory once all are sealed.</summary>
    public void Unload()
    {
        if (Unsealed.Count == 0)
        {
            _known = null;
            IsLoaded = Count == 0;
        }
    }
}
