using System.IO.Compression;
using System.Text;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Cli.Courses;
using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay.Neutral;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Connections;

public sealed class CommandRunTests
{
    // Too random to be compressed to next to nothing, so that what is cut off is missed.
    private static readonly string _rows = string.Concat(Enumerable.Range(0, 2_000).Select(i => $"2024-05-01T12:00:00Z,{Guid.NewGuid()},app,l1,c1,liked,,,,\n"));

    [Fact]
    public async Task GuardAsync_CutOffGzip_IsAFailureWithTheFilesName()
    {
        using var files = new TemporaryFiles();
        var path = CutOff(files, "events.csv.gz", string.Join(',', NeutralColumns.Base) + "\n" + _rows);

        var exitCode = await CommandRun.GuardAsync(() => Task.FromResult(new NeutralLayout(path).ReadEvents(new()).Count()));

        Assert.Equal(CommandRun.Failed, exitCode);
        var error = Assert.Throws<DataFormatException>(() => new NeutralLayout(path).ReadEvents(new()).Count());
        Assert.Contains($"{path} is cut off or damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_CutOffCourses_NamesTheFile()
    {
        using var files = new TemporaryFiles();
        var path = CutOff(files, "courses.json.gz", $"[{string.Join(',', Enumerable.Range(0, 2_000).Select(_ => $"{{\"course_id\":\"{Guid.NewGuid()}\"}}"))}]");

        var error = Assert.Throws<DataFormatException>(() => CourseFile.Read(path));

        Assert.Contains($"{path} is cut off or damaged", error.Message, StringComparison.Ordinal);
    }

    private static string CutOff(TemporaryFiles files, string name, string text)
    {
        using var whole = new MemoryStream();
        using (var gzip = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        File.WriteAllBytes(files.PathOf(name), whole.ToArray()[..(int)(whole.Length / 2)]);
        return files.PathOf(name);
    }
}
