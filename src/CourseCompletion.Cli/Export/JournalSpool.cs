using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Storage.Reading;

namespace CourseCompletion.Cli.Export;

/// <summary>Collects frames in temporary files, some learners in each, so that journals of any size are put in order within the memory of one file.</summary>
internal sealed class JournalSpool : IStoreReceiver, IDisposable
{
    private const int Buckets = 64;

    // Above every incarnation: what the store holds counts before what any archive says.
    private const long InStore = long.MaxValue;

    private readonly string[] _paths;
    private readonly BinaryWriter?[] _files = new BinaryWriter?[Buckets];

    /// <summary>Makes a spool in a directory.</summary>
    public JournalSpool(string directory)
    {
        Directory.CreateDirectory(directory);
        _paths = [.. Enumerable.Range(0, Buckets).Select(bucket => Path.Combine(directory, $"bucket-{bucket}"))];
    }

    /// <summary>The courses, in no particular order.</summary>
    public Dictionary<CourseId, CourseDefinition> Courses { get; } = [];

    /// <summary>What could not be read.</summary>
    public List<string> Damages { get; } = [];

    /// <summary>Archived frames beyond what the store holds of their learner: a restore took them back, or they came after the store was read.</summary>
    public long Beyond { get; private set; }

    public void Stored(LearnerKey learner, JournalFrame frame) => Write(learner, frame, InStore);

    public void Archived(LearnerKey learner, JournalFrame frame, long incarnation) => Write(learner, frame, incarnation);

    public void Course(CourseDefinition course) => Courses[course.Course] = course;

    public void Damaged(string what) => Damages.Add(what);

    /// <summary>The journals of the learners whom the store knows. Ends the collecting.</summary>
    public IEnumerable<ExportedJournal> Journals()
    {
        for (var bucket = 0; bucket < Buckets; bucket++)
        {
            if (_files[bucket] is { } file)
            {
                file.Dispose();
                _files[bucket] = null;
                foreach (var (learner, found) in Read(_paths[bucket]).OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    if (ToJournal(LearnerKey.Parse(learner), found) is { } journal)
                    {
                        yield return journal;
                    }
                }

                File.Delete(_paths[bucket]);
            }
        }
    }

    public void Dispose()
    {
        foreach (var file in _files)
        {
            file?.Dispose();
        }
    }

    private ExportedJournal? ToJournal(LearnerKey learner, Dictionary<long, Found> found)
    {
        var head = found.Where(pair => pair.Value.Incarnation == InStore).Select(pair => pair.Key).DefaultIfEmpty(0).Max();
        var frames = found.Where(pair => pair.Key <= head).OrderBy(pair => pair.Key).Select(pair => new JournalFrame(pair.Key, pair.Value.Payload)).ToList();
        Beyond += found.Count - frames.Count;
        return head == 0 ? null : new(learner, frames, head - frames.Count);
    }

    private void Write(LearnerKey learner, JournalFrame frame, long incarnation)
    {
        var bucket = learner.Partition(Buckets);
        var file = _files[bucket] ??= new(new FileStream(_paths[bucket], FileMode.Create, FileAccess.Write, FileShare.None, 64 * 1024));
        file.Write(learner.Value);
        file.Write(incarnation);
        file.Write(frame.Sequence);
        file.Write7BitEncodedInt(frame.Payload.Length);
        file.Write(frame.Payload.Span);
    }

    private static Dictionary<string, Dictionary<long, Found>> Read(string path)
    {
        var learners = new Dictionary<string, Dictionary<long, Found>>(StringComparer.Ordinal);
        using var file = new BinaryReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 256 * 1024));
        while (file.BaseStream.Position < file.BaseStream.Length)
        {
            var (learner, incarnation, sequence) = (file.ReadString(), file.ReadInt64(), file.ReadInt64());
            var payload = file.ReadBytes(file.Read7BitEncodedInt());
            if (!learners.TryGetValue(learner, out var found))
            {
                learners.Add(learner, found = []);
            }

            if (!found.TryGetValue(sequence, out var known) || known.Incarnation < incarnation)
            {
                found[sequence] = new(incarnation, payload);
            }
        }

        return learners;
    }

    private readonly record struct Found(long Incarnation, byte[] Payload);
}
