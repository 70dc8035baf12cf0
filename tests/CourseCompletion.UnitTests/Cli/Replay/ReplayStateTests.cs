using CourseCompletion.Cli.Engagement;
using CourseCompletion.Cli.Replay;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

public sealed class ReplayStateTests
{
    [Fact]
    public void Load_WithoutFile_BeginsAtTheBeginning() => Assert.Equal(0, ReplayState.Load("/nowhere/at/all", "input"));

    [Fact]
    public void Load_AfterSave_GivesThePosition()
    {
        using var files = new TemporaryFiles();
        new ReplayState("input", 17).Save(files.PathOf("state"));
        new ReplayState("input", 42).Save(files.PathOf("state"));

        Assert.Equal(42, ReplayState.Load(files.PathOf("state"), "input"));
        Assert.Single(Directory.GetFiles(files.Root));
    }

    [Theory]
    [InlineData("""{"Input":"another","Position":3}""")]
    [InlineData("""{"Input":"input","Position":-3}""")]
    [InlineData("not json")]
    [InlineData("null")]
    public void Load_OtherOrDamagedState_IsRefused(string text)
    {
        using var files = new TemporaryFiles();
        var path = files.Write("state", text);

        var error = Assert.Throws<DataFormatException>(() => ReplayState.Load(path, "input"));

        Assert.Contains("Delete it", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameInput_FileGrew_IsAnotherInput()
    {
        using var files = new TemporaryFiles();
        var path = files.Write("events.csv", "a");
        var before = ReplayState.NameInput("neutral", [path], "course=");
        files.Write("events.csv", "ab");

        Assert.NotEqual(before, ReplayState.NameInput("neutral", [path], "course="));
    }
}
