using Xunit;

namespace CourseCompletion.UnitTests.Documentation;

/// <summary>The README's C# is copied by newcomers: it compiles as it stands, as the program of a new console project.</summary>
public sealed class ReadmeTests
{
    private static readonly string[] _examples = CompiledExamples.Of("README.md");

    [Fact]
    public void Readme_CSharpExamples_AreTheClientAndTheBackend()
    {
        Assert.Equal(2, _examples.Length);
        Assert.Contains("EngagementClient.Connect", _examples[0], StringComparison.Ordinal);
        Assert.Contains("UseOrleansClient", _examples[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_ClientExample_Compiles() => Assert.Empty(CompiledExamples.Faults(_examples[0]));

    [Fact]
    public void Readme_BackendExample_Compiles() => Assert.Empty(CompiledExamples.Faults(_examples[1], CompiledExamples.OrleansUsings));

    [Fact]
    public void Faults_ExampleThatIsOutOfDate_AreReported() =>
        Assert.Contains("SendBatchAsync", Assert.Single(CompiledExamples.Faults(_examples[0].Replace(".SendBatchAsync(", ".SendBatchAsyncOfOld(", StringComparison.Ordinal))));
}
