using System.Globalization;
using System.Runtime.CompilerServices;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Storage.Archive;

/// <summary>The archive as files, one for each process and UTC day on which frames were archived, made of independent compressed blocks.</summary>
internal sealed partial class FileJournalArchive : IJournalArchive, IDisposable
{
    /// <summary>The archive's directory below the data directory.</summary>
    public const string DirectoryName = "archive";

    // More processes than this on one directory are a mistake.
    private const int WritersMax = 1000;

    private const int GapDaysMax = 31;

    private readonly string _directory;
    private readonly int _retentionDays;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private FileStream? _writerLock;
    private int _writer;
    private ArchiveWriter? _file;
    private ArchiveFileName _name;

    /// <summary>Opens the archive in a directory, which is created when it is missing.</summary>
    /// <exception cref="StoreUnavailableException">The directory cannot be made.</exception>
    /// <param name="directory">Where the files are.</param>
    /// <param name="retentionDays">Days that files are kept; 0 keeps them for ever.</param>
    /// <param name="time">Names the files.</param>
    /// <param name="logger">Hears of torn blocks and deleted files.</param>
    public FileJournalArchive(string directory, int retentionDays, TimeProvider time, ILogger logger)
    {
        _directory = directory;
        _retentionDays = retentionDays;
        _time = time;
        _logger = logger;
        try
        {
            Directory.CreateDirectory(directory);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreUnavailableException($"The archive's directory {directory} (below Storage:DataDirectory) cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Opens the archive that belongs to the options' data directory.</summary>
    public static FileJournalArchive Open(StorageOptions options, TimeProvider time, ILoggerFactory loggers) => new(
        Path.Combine(Path.GetFullPath(options.DataDirectory), DirectoryName), options.ArchiveRetentionDays, time, loggers.CreateLogger<FileJournalArchive>());

    public async ValueTask AppendAsync(IReadOnlyList<ArchivedFrame> frames, long incarnation, CancellationToken cancellationToken)
    {
        if (frames.Count == 0)
        {
            return;
        }

        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(() => FileOfToday().Append(frames, incarnation), CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // What was half written is cut off when the file is opened again.
            CloseFile();
            throw new StoreUnavailableException($"The archive {_directory} could not be written: {failure.Message}", failure);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async IAsyncEnumerable<ArchivedFrame> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var generations = await Task.Run(() => FindGenerations(cancellationToken), cancellationToken).ConfigureAwait(false);
        foreach (var name in ArchiveFileName.In(_directory))
        {
            using var reader = new ArchiveReader(PathOf(name));
            while (await Task.Run(reader.Read, cancellationToken).ConfigureAwait(false) is { } block)
            {
                foreach (var frame in block)
                {
                    if (!generations.IsSuperseded(reader.Incarnation, frame))
                    {
                        yield return frame;
                    }
                }
            }
        }
    }

    public async ValueTask DeleteBeforeAsync(int day, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            DeleteBefore(DateOnly.FromDateTime(DateTime.UnixEpoch).AddDays(day));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Verifies every block; returns how many there are and adds what is damaged, at most one place a file.</summary>
    public Task<long> VerifyAsync(List<string> damages, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            var blocks = 0L;
            foreach (var name in ArchiveFileName.In(_directory))
            {
                try
                {
                    using var reader = new ArchiveReader(PathOf(name));
                    for (; reader.Read() is not null; blocks++)
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                    }
                }
                catch (StoreCorruptException damage)
                {
                    damages.Add(damage.Message);
                }
            }

            return blocks;
        },
        cancellationToken);

    public void Dispose()
    {
        CloseFile();
        _writerLock?.Dispose();
        _turn.Dispose();
    }

    // Frames of the first incarnation supersede none, so a store that was never restored is read once only.
    private ArchiveGenerations FindGenerations(CancellationToken cancellationToken)
    {
        var generations = new ArchiveGenerations();
        foreach (var name in ArchiveFileName.In(_directory))
        {
            using var reader = new ArchiveReader(PathOf(name));
            while (reader.Skip())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.Incarnation > 1)
                {
                    generations.Add(reader.Incarnation, reader.ReadSkipped());
                }
            }
        }

        return generations;
    }

    // A clock that is years ahead for a day must not cost the archive: what looks outdated stays while a month without any file lies between it and today.
    private void DeleteOutdated(DateOnly today)
    {
        var first = today.AddDays(-_retentionDays);
        var days = ArchiveFileName.In(_directory).Select(name => name.Day).Append(today).ToList();
        if (days[0] >= first)
        {
            return;
        }

        for (var i = 1; i < days.Count; i++)
        {
            if (days[i] >= first && days[i].DayNumber - days[i - 1].DayNumber > GapDaysMax)
            {
                LogDeletionPutOff(days[i - 1], days[i]);
                return;
            }
        }

        DeleteBefore(first);
    }

    private void DeleteBefore(DateOnly day)
    {
        foreach (var name in ArchiveFileName.In(_directory).TakeWhile(name => name.Day < day))
        {
            if (name == _name)
            {
                CloseFile();
            }

            File.Delete(PathOf(name));
            LogDeleted(name);
        }
    }

    private ArchiveWriter FileOfToday()
    {
        var today = DateOnly.FromDateTime(_time.GetUtcNow().UtcDateTime);
        if (_file is not null && _name.Day >= today)
        {
            return _file;
        }

        CloseFile();
        if (_retentionDays > 0)
        {
            DeleteOutdated(today);
        }

        var writer = TakeWriter();
        var newest = ArchiveFileName.In(_directory).LastOrDefault(name => name.Writer == writer);
        _name = newest.Day >= today ? newest : new ArchiveFileName(today, writer, 1);
        try
        {
            _file = ArchiveWriter.Open(PathOf(_name));
        }
        catch (StoreCorruptException damage)
        {
            // The damage is a reader's or the scrub's to report; it must not keep the journal from being archived.
            LogDamaged(_name, damage);
            _name = _name with { Part = _name.Part + 1 };
            _file = ArchiveWriter.Open(PathOf(_name));
        }

        if (_file.BytesCutOff > 0)
        {
            LogTornBlock(_name, _file.BytesCutOff);
        }

        return _file;
    }

    /// <summary>Takes the lowest writer number that no other process has, so that each process writes files of its own.</summary>
    private int TakeWriter()
    {
        for (; _writerLock is null; _writer++)
        {
            try
            {
                var path = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"writer-{_writer + 1}.lock"));
                _writerLock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (_writer < WritersMax)
            {
                // Another process has this number.
            }
        }

        return _writer;
    }

    private void CloseFile()
    {
        _file?.Dispose();
        _file = null;
    }

    private string PathOf(ArchiveFileName name) => Path.Combine(_directory, name.ToString());
}
