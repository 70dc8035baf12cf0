using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Architecture;
using Xunit;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>Finds golden files and says what to do when one no longer fits.</summary>
internal static class GoldenFile
{
    private static string Folder => Path.Combine(Repository.Root.FullName, "tests", "CourseCompletion.UnitTests", "Golden");

    /// <summary>The bytes of a golden file, once it is sure that the same values are still written as the same bytes.</summary>
    public static byte[] Read(string name, string codec, byte[] written)
    {
        var path = Path.Combine(Folder, name);
        Assert.True(File.Exists(path), $"Golden/{name} is missing; what {codec} writes now is in {Keep(name, written)}.");
        var stored = File.ReadAllBytes(path);
        AssertUnchanged(name, codec, stored, written);
        return stored;
    }

    /// <summary>The bytes of a golden file of a format that is only read any more.</summary>
    public static byte[] Read(string name) => File.ReadAllBytes(Path.Combine(Folder, name));

    /// <summary>The bytes of a golden file whose numbers depend on the machine's logarithm: it is read, and what is written now is not compared.</summary>
    public static byte[] ReadOrKeep(string name, string codec, byte[] written)
    {
        var path = Path.Combine(Folder, name);
        Assert.True(File.Exists(path), $"Golden/{name} is missing; what {codec} writes now is in {Keep(name, written)}.");
        return File.ReadAllBytes(path);
    }

    /// <summary>The bytes of a golden file of a learner's snapshot.</summary>
    public static byte[] Read(string name, string codec)
    {
        var path = Path.Combine(Folder, name);
        Assert.True(File.Exists(path), $"Golden/{name} is missing; what {codec} writes now is in {Keep(name, LearnerSnapshotCodec.Encode(GoldenValues.Learner()))}.");
        return File.ReadAllBytes(path);
    }

    /// <summary>Asserts that values are written as the stored bytes.</summary>
    public static void AssertUnchanged(string name, string codec, byte[] stored, byte[] written) => Assert.True(
        stored.AsSpan().SequenceEqual(written),
        $"""
        {codec} no longer writes what is in Golden/{name}, but stores hold bytes of that format.
        Give the new layout the next format number, keep reading the old one, leave Golden/{name} as it is with its test of decoding, and add
        {Keep(name, written)} to Golden/ under the new number.
        """);

    private static string Keep(string name, byte[] written)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{name}.received");
        File.WriteAllBytes(path, written);
        return path;
    }
}
