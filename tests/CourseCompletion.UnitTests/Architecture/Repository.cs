using System.Xml.Linq;

namespace CourseCompletion.UnitTests.Architecture;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The directory of <c>CourseCompletion.sln</c>.</summary>
    public static DirectoryInfo Root { get; } = FindRoot();

    /// <summary>The project files below <c>src</c>, by project name without the common prefix.</summary>
    public static IReadOnlyDictionary<string, FileInfo> Projects { get; } = new DirectoryInfo(Path.Combine(Root.FullName, "src"))
        .GetDirectories()
        .SelectMany(d => d.GetFiles("*.csproj"))
        .ToDictionary(f => ShortName(f.Name));

    /// <summary>The short names of the projects that a project file refers to.</summary>
    public static string[] ReferencesOf(XDocument project) =>
        [.. project.Descendants("ProjectReference").Select(r => ShortName(r.Attribute("Include")!.Value.Replace('\\', '/').Split('/')[^1]))];

    private static string ShortName(string file) => Path.GetFileNameWithoutExtension(file).Replace("CourseCompletion.", "", StringComparison.Ordinal);

    private static DirectoryInfo FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (directory.GetFiles("CourseCompletion.sln").Length > 0)
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"No CourseCompletion.sln above {AppContext.BaseDirectory}.");
    }
}
