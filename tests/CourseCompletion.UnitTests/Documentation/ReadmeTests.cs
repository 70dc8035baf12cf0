using System.Text.RegularExpressions;
using CourseCompletion.UnitTests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace CourseCompletion.UnitTests.Documentation;

/// <summary>The README's C# is copied by newcomers: it compiles as it stands, as the program of a new console project.</summary>
public sealed partial class ReadmeTests
{
    // What the SDK gives every console project, and Orleans' packages every project that refers to them.
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private const string OrleansUsings =
        """
        global using Orleans;
        global using Orleans.Hosting;
        global using Orleans.Runtime;

        """;

    private static readonly string[] _examples =
        [.. CSharpBlocks().Matches(File.ReadAllText(Path.Combine(Repository.Root.FullName, "README.md"))).Select(block => block.Groups[1].Value)];

    [Fact]
    public void Readme_CSharpExamples_AreTheClientAndTheBackend()
    {
        Assert.Equal(2, _examples.Length);
        Assert.Contains("EngagementClient.Connect", _examples[0], StringComparison.Ordinal);
        Assert.Contains("UseOrleansClient", _examples[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Readme_ClientExample_Compiles() => Assert.Empty(Faults(_examples[0], ImplicitUsings));

    [Fact]
    public void Readme_BackendExample_Compiles() => Assert.Empty(Faults(_examples[1], ImplicitUsings + OrleansUsings));

    [Fact]
    public void Faults_ExampleThatIsOutOfDate_AreReported() =>
        Assert.Contains("SendBatchAsync", Assert.Single(Faults(_examples[0].Replace(".SendBatchAsync(", ".SendBatchAsyncOfOld(", StringComparison.Ordinal), ImplicitUsings)));

    // Against everything that these tests are built with, which is the whole solution but the host.
    private static string[] Faults(string program, string usings)
    {
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(usings)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable));
        return
        [
            .. compilation.GetDiagnostics()
                .Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning && diagnostic.Location.SourceTree == compilation.SyntaxTrees[0])
                .Select(diagnostic => diagnostic.ToString()),
        ];
    }

    [GeneratedRegex(@"^```csharp\r?\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharpBlocks();
}
