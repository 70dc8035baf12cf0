namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>The repository that these tests were built from.</summary>
internal static class Repository
{
    /// <summary>The directory of <c>CourseCompletion.sln</c>.</summary>
    public static DirectoryInfo Root { get; } = FindRoot();

    private static DirectoryInfo FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "CourseCompletion.sln")))
            {
                return directory;
            }
        }

        throw new InvalidOperationException($"No CourseCompletion.sln above {AppContext.BaseDirectory}.");
    }
}
