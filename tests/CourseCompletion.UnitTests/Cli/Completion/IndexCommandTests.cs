using CourseCompletion.Cli.Completion;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Completion;

public class IndexCommandTests
{
    [Fact]
    public void Write_OriginatingExample_Prints0035AndWhyNot013()
    {
        var text = new StringWriter();

        IndexCommand.Write(text, 0.1, 0.05, 0.2);

        var lines = text.ToString().Split(Environment.NewLine);
        Assert.Equal("RI + RP + IP = 0.005 + 0.02 + 0.01 = 0.035", lines[0]);
        Assert.StartsWith("not 0.13: that is R + RP + IP", lines[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.1", 0)]
    [InlineData("1e-1", 0)]
    [InlineData("1.1", 1)]
    [InlineData("-0.1", 1)]
    [InlineData("NaN", 1)]
    [InlineData("0,1", 1)]
    public void Create_Rate_MustBeAShare(string rate, int errors) =>
        Assert.Equal(errors, IndexCommand.Create().Parse(["--r", rate, "--i", "0.05", "--p", "0.2"]).Errors.Count);
}
