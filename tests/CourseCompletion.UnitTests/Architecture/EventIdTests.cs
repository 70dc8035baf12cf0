using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace CourseCompletion.UnitTests.Architecture;

/// <summary>Operators filter logs by event ids, and alerts name them: each means one thing.</summary>
public sealed partial class EventIdTests
{
    [Fact]
    public void EventIds_EachMeansOneThing()
    {
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Root.FullName, "src"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal));
        var ids = files.SelectMany(file => Declaration().Matches(File.ReadAllText(file))
            .Select(match => (Id: int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), File: Path.GetFileName(file)))).ToList();

        Assert.True(ids.Count > 50, $"{ids.Count} were found.");
        Assert.Empty(ids.GroupBy(id => id.Id).Where(same => same.Count() > 1).Select(same => $"{same.Key}: {string.Join(", ", same.Select(id => id.File))}"));
    }

    [GeneratedRegex(@"\[LoggerMessage\(\s*(?:EventId = )?(\d+),")]
    private static partial Regex Declaration();
}
