using Xunit;

namespace CourseCompletion.UnitTests.Architecture;

/// <summary>Folders are named after features. A folder named after a kind of code tells nobody what is in it, and everything ends up there.</summary>
public class FolderNameTests
{
    private static readonly string[] _banned = ["Common", "Shared", "Utils", "Utilities", "Helpers", "Models", "Services", "Extensions"];

    [Fact]
    public void Folders_SourceAndTests_AreNamedAfterFeatures() =>
        Assert.Empty(Banned(["src", "tests"], Repository.Root.FullName));

    [Fact]
    public void Banned_FolderOfThatName_IsReported()
    {
        var root = Directory.CreateTempSubdirectory("folders");
        try
        {
            root.CreateSubdirectory("src/Learners/helpers");
            root.CreateSubdirectory("src/obj/Common");

            Assert.Equal([Path.Combine("src", "Learners", "helpers")], Banned(["src"], root.FullName));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static string[] Banned(string[] folders, string root) =>
        [.. folders.SelectMany(folder => Folders(new DirectoryInfo(Path.Combine(root, folder))))
            .Where(d => _banned.Contains(d.Name, StringComparer.OrdinalIgnoreCase))
            .Select(d => Path.GetRelativePath(root, d.FullName))];

    private static IEnumerable<DirectoryInfo> Folders(DirectoryInfo folder) => folder.GetDirectories()
        .Where(d => d.Name is not ("bin" or "obj" or "TestResults" or "node_modules") && !d.Name.StartsWith('.'))
        .SelectMany(d => Folders(d).Prepend(d));
}
