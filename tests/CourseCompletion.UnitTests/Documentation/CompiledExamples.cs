using System.Text.RegularExpressions;
using CourseCompletion.UnitTests.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CourseCompletion.UnitTests.Documentation;

/// <summary>The C# of a page, compiled as it stands, as the program of a new console project.</summary>
internal static partial class CompiledExamples
{
    /// <summary>What Orleans' packages give every project that refers to them.</summary>
    public const string OrleansUsings =
        """
        global using Orleans;
        global using Orleans.Hosting;
        global using Orleans.Runtime;

        """;

    // What the SDK gives every console project.
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

    /// <summary>The C# blocks of a page, by its path from the root.</summary>
    public static string[] Of(params string[] path) =>
        [.. CSharpBlocks().Matches(File.ReadAllText(Path.Combine([Repository.Root.FullName, .. path]))).Select(block => block.Groups[1].Value)];

    /// <summary>What the compiler says of a program, against everything that these tests are built with, which is the whole solution but the host.</summary>
    public static string[] Faults(string program, string usings = "")
    {
        var compilation = CSharpCompilation.Create(
            "Example",
            [CSharpSyntaxTree.ParseText(program), CSharpSyntaxTree.ParseText(ImplicitUsings + usings)],
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
