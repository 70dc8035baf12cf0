using System.IO.Compression;

namespace CourseCompletion.Datasets;

/// <summary>The real data that lies beside the repository, in <c>../shared/datasets</c>, read as it is: by lines, without this project's readers.</summary>
internal static class Dataset
{
    /// <summary>The environment variable that names another place.</summary>
    public const string RootVariable = "COURSECOMPLETION_DATASETS";

    /// <summary>Where the data is, or would be.</summary>
    public static string Root { get; } = FindRoot();

    public static string PathOf(string file) => Path.Combine(Root, file);

    /// <summary>The lines below the header, cut at commas; the files that tests read so have no comma within quotes.</summary>
    public static IEnumerable<string[]> Rows(string file)
    {
        using var text = new StreamReader(new GZipStream(File.OpenRead(PathOf(file)), CompressionMode.Decompress));
        text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return [.. line.Split(',').Select(field => field.Trim('"'))];
            }
        }
    }

    private static string FindRoot()
    {
        if (Environment.GetEnvironmentVariable(RootVariable) is { Length: > 0 } named)
        {
            return named;
        }

        var repository = new DirectoryInfo(AppContext.BaseDirectory);
        while (repository is not null && !File.Exists(Path.Combine(repository.FullName, "CourseCompletion.sln")))
        {
            repository = repository.Parent;
        }

        return Path.Combine(repository?.Parent?.FullName ?? "", "shared", "datasets");
    }
}
