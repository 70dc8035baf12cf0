using Xunit;

namespace CourseCompletion.UnitTests.Documentation;

/// <summary>What docs/testing-campaigns.md promises.</summary>
public sealed class TestingCampaignsPageTests
{
    [Fact]
    public void Page_Example_Compiles() => Assert.Empty(CompiledExamples.Faults(Assert.Single(CompiledExamples.Of("docs", "testing-campaigns.md"))));
}
