using CourseCompletion.Cli.Bench;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Bench;

public sealed class BenchCommandTests
{
    [Theory]
    [InlineData("--rounds 0", "--rounds is at least 1.")]
    [InlineData("--rounds -3", "--rounds is at least 1.")]
    [InlineData("--seconds 0", "--seconds is at least 1.")]
    [InlineData("--only everything", "everything")]
    public void Ingest_OptionOutOfItsRange_IsAnErrorThatNamesIt(string options, string fault)
    {
        var parsed = BenchCommand.Create().Parse($"ingest {options}");

        Assert.Contains(fault, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--rounds 0", "--rounds is at least 1.")]
    [InlineData("--singles-per-second 0", "--singles-per-second is at least 1.")]
    [InlineData("--batched-per-second 0", "--batched-per-second is at least 1.")]
    public void Peers_OptionOutOfItsRange_IsAnErrorThatNamesIt(string options, string fault)
    {
        var parsed = BenchCommand.Create().Parse($"peers {options}");

        Assert.Contains(fault, Assert.Single(parsed.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Ingest_OptionsInTheirRange_AreTaken() =>
        Assert.Empty(BenchCommand.Create().Parse("ingest --rounds 1 --seconds 1 --only compare history models").Errors);
}
