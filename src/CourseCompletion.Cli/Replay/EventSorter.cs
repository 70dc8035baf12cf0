using System.Buffers.Binary;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;

namespace CourseCompletion.Cli.Replay;

/// <summary>Puts events in the order of their time within a bound of memory: what does not fit goes to sorted temporary files.</summary>
/// <remarks>Events of the same time keep the order in which they were added, so that each run gives the same order.</remarks>
internal sealed class EventSorter(long memoryBytesMax) : IDisposable
{
    private const int SlabBytesMin = 64 * 1024;
    private const int SlabBytesMax = 4 * 1024 * 1024;

    // Several slabs to the bound: were one as large as it, every event would go to a file of its own.
    private readonly int _slabBytes = (int)Math.Clamp(memoryBytesMax / 8, SlabBytesMin, SlabBytesMax);
    private readonly List<byte[]> _slabs = [];
    private readonly List<Entry> _entries = [];
    private readonly List<string> _runs = [];
    private DirectoryInfo? _directory;
    private int _slabUsed;

    /// <summary>How many events were added.</summary>
    public long Count { get; private set; }

    /// <summary>How many temporary files hold what did not fit.</summary>
    public int RunCount => _runs.Count;

    /// <summary>Adds an event.</summary>
    public void Add(Event e)
    {
        var size = e.CalculateSize();
        if ((_slabs.Count * (long)_slabBytes) + (_entries.Count * 24L) + size > memoryBytesMax && _entries.Count > 0)
        {
            Spill();
        }

        if (_slabs.Count == 0 || _slabUsed + size > _slabs[^1].Length)
        {
            _slabs.Add(new byte[Math.Max(_slabBytes, size)]);
            _slabUsed = 0;
        }

        e.WriteTo(_slabs[^1].AsSpan(_slabUsed, size));
        _entries.Add(new((e.OccurredAt.Seconds * 1_000_000_000) + e.OccurredAt.Nanos, _slabs.Count - 1, _slabUsed, size));
        _slabUsed += size;
        Count++;
    }

    /// <summary>All events in order. Ends the adding.</summary>
    /// <param name="skip">How many to leave out at the beginning.</param>
    public IEnumerable<Event> InOrder(long skip)
    {
        if (_runs.Count > 0 && _entries.Count > 0)
        {
            Spill();
        }

        return _runs.Count > 0 ? Merge(skip) : InMemory(skip);
    }

    public void Dispose() => _directory?.Delete(recursive: true);

    private IEnumerable<Event> InMemory(long skip)
    {
        Sort();
        for (var i = (int)Math.Min(skip, _entries.Count); i < _entries.Count; i++)
        {
            yield return Event.Parser.ParseFrom(Bytes(_entries[i]));
        }
    }

    private IEnumerable<Event> Merge(long skip)
    {
        var next = new PriorityQueue<Run, (long, int)>();
        foreach (var run in _runs.Select((path, number) => new Run(path, number)))
        {
            Advance(run);
        }

        while (next.TryDequeue(out var run, out _))
        {
            if (skip-- <= 0)
            {
                yield return Event.Parser.ParseFrom(run.Event);
            }

            Advance(run);
        }

        void Advance(Run run)
        {
            if (run.TryAdvance())
            {
                next.Enqueue(run, (run.Nanoseconds, run.Number));
            }
        }
    }

    private void Spill()
    {
        Sort();
        _directory ??= Directory.CreateTempSubdirectory("coursecompletion-replay-");
        var path = Path.Combine(_directory.FullName, $"run-{_runs.Count}");
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1024 * 1024);
        Span<byte> head = stackalloc byte[12];
        foreach (var entry in _entries)
        {
            BinaryPrimitives.WriteInt64LittleEndian(head, entry.Nanoseconds);
            BinaryPrimitives.WriteInt32LittleEndian(head[8..], entry.Length);
            file.Write(head);
            file.Write(Bytes(entry));
        }

        _runs.Add(path);
        _entries.Clear();
        _slabs.Clear();
        _slabUsed = 0;
    }

    // The place in memory grows with each addition, which makes the sort stable.
    private void Sort() => _entries.Sort(static (a, b) => (a.Nanoseconds, a.Slab, a.Start).CompareTo((b.Nanoseconds, b.Slab, b.Start)));

    private ReadOnlySpan<byte> Bytes(Entry entry) => _slabs[entry.Slab].AsSpan(entry.Start, entry.Length);

    private readonly record struct Entry(long Nanoseconds, int Slab, int Start, int Length);

    private sealed class Run(string path, int number) : IDisposable
    {
        private readonly BinaryReader _file = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024));

        public int Number { get; } = number;

        public long Nanoseconds { get; private set; }

        public byte[] Event { get; private set; } = [];

        public bool TryAdvance()
        {
            if (_file.BaseStream.Position == _file.BaseStream.Length)
            {
                Dispose();
                return false;
            }

            Nanoseconds = _file.ReadInt64();
            Event = _file.ReadBytes(_file.ReadInt32());
            return true;
        }

        public void Dispose() => _file.Dispose();
    }
}
