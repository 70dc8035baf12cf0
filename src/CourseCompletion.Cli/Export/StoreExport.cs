using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Storage;
using CourseCompletion.Storage.Reading;

namespace CourseCompletion.Cli.Export;

/// <summary>Exports a store to a directory that appears when it is whole.</summary>
internal sealed class StoreExport(StorageOptions store, string serviceId, IReadOnlyList<string> dataDirectories, ExportPolicy policy)
{
    private const string Unfinished = ".unfinished";
    private const string Spool = "spool";

    /// <summary>Exports.</summary>
    /// <param name="to">The directory; must not exist, or be empty.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="warnings">Told what is missing or damaged.</param>
    /// <param name="cancellationToken">Stops it, and leaves no directory.</param>
    /// <exception cref="DataFormatException">The directory is there already.</exception>
    public async Task<ExportTally> RunAsync(DirectoryInfo to, IProgress<VerificationProgress> progress, Action<string> warnings, CancellationToken cancellationToken)
    {
        if (to.Exists && to.EnumerateFileSystemInfos().Any())
        {
            throw new DataFormatException($"--out {to} is not empty: name a directory that does not exist yet.");
        }

        var unfinished = new DirectoryInfo(Path.TrimEndingDirectorySeparator(to.FullName) + Unfinished);
        Remove(unfinished);
        unfinished.Create();
        try
        {
            var tally = await WriteAsync(unfinished, progress, warnings, cancellationToken);
            Remove(to);
            unfinished.MoveTo(to.FullName);
            return tally;
        }
        catch
        {
            Remove(new(unfinished.FullName));
            throw;
        }
    }

    private async Task<ExportTally> WriteAsync(DirectoryInfo to, IProgress<VerificationProgress> progress, Action<string> warnings, CancellationToken cancellationToken)
    {
        var spooled = new DirectoryInfo(Path.Combine(to.FullName, Spool));
        using var spool = new JournalSpool(spooled.FullName);
        await StoreReader.ReadAsync(store, serviceId, dataDirectories, spool, progress, cancellationToken);
        CourseFile.Write(Path.Combine(to.FullName, "courses.json"), spool.Courses.Values.OrderBy(course => course.Course.Value, StringComparer.Ordinal).Select(ExportMapping.ToWire));
        using var files = new ExportFiles(to.FullName, spool.Courses, policy);
        foreach (var journal in spool.Journals())
        {
            cancellationToken.ThrowIfCancellationRequested();
            files.Add(journal);
            progress.Report(new("journals in order", files.Tally.Learners));
        }

        spooled.Delete(recursive: true);
        foreach (var damage in spool.Damages)
        {
            warnings(damage);
        }

        if (spool.Beyond > 0)
        {
            warnings($"{spool.Beyond:N0} archived frames are left out: they lie beyond what the store holds of their learners (a restore took them back, or they came while the export ran).");
        }

        return files.Tally;
    }

    private static void Remove(DirectoryInfo directory)
    {
        if (directory.Exists)
        {
            directory.Delete(recursive: true);
        }
    }
}
