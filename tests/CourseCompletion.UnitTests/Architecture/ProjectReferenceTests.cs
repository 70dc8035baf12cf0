using System.Reflection;
using System.Xml.Linq;
using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.UnitTests.Architecture;

/// <summary>The arrows between the projects. Who adds a project or an arrow adds it here, and says why in the same change.</summary>
public class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> _arrows = new()
    {
        ["Domain"] = [],
        ["Protocol"] = [],
        ["Prediction"] = ["Domain"],
        ["Storage"] = ["Domain"],
        ["Channels"] = ["Domain"],
        ["Grains.Abstractions"] = ["Domain"],
        ["Grains"] = ["Grains.Abstractions"],
        ["Gateway"] = ["Grains.Abstractions", "Protocol"],
        ["Client"] = ["Protocol"],
        ["Host"] = ["Channels", "Gateway", "Grains", "Prediction", "Storage"],
        ["Cli"] = ["Client", "Host", "Prediction"],
        ["Testing"] = ["Grains", "Prediction"],
    };

    private static readonly string[] _notInDomain =
    [
        "Orleans", "Microsoft.Orleans", "Grpc", "Google.Protobuf", "Microsoft.ML",
        "StackExchange.Redis", "Microsoft.Data", "Microsoft.AspNetCore", "Microsoft.Extensions",
    ];

    [Fact]
    public void References_EveryProject_AreTheArrowsOfTheHouse()
    {
        Assert.Equal(_arrows.Keys.Order(), Repository.Projects.Keys.Order());
        Assert.All(Repository.Projects, project => Assert.Empty(WrongArrows(project.Key, XDocument.Load(project.Value.FullName))));
    }

    [Theory]
    [InlineData("Domain", "Storage", "one arrow too many: Domain -> Storage")]
    [InlineData("Storage", "Domain;Grains", "one arrow too many: Storage -> Grains")]
    [InlineData("Grains", "Grains.Abstractions;Storage", "one arrow too many: Grains -> Storage")]
    [InlineData("Channels", "Domain;Grains", "one arrow too many: Channels -> Grains")]
    [InlineData("Prediction", "", "missing arrow: Prediction -> Domain")]
    [InlineData("Unheard.Of", "", "no arrows given for Unheard.Of")]
    public void WrongArrows_ProjectThatBreaksARule_IsReported(string project, string references, string wrong)
    {
        var file = new XDocument(new XElement("Project", new XElement("ItemGroup", references.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(r =>
            new XElement("ProjectReference", new XAttribute("Include", $"..\\CourseCompletion.{r}\\CourseCompletion.{r}.csproj"))))));

        Assert.Equal([wrong], WrongArrows(project, file));
    }

    [Fact]
    public void ReferencedAssemblies_Domain_AreNoFramework() => Assert.Empty(Forbidden(typeof(LearnerRules).Assembly, _notInDomain));

    [Fact]
    public void Forbidden_AssemblyThatRefersToOne_IsReported()
    {
        Assert.Equal(["System.IO.Hashing"], Forbidden(typeof(LearnerRules).Assembly, ["System.IO"]));
        Assert.Equal(["xunit.core"], Forbidden(typeof(ProjectReferenceTests).Assembly, ["xunit.core", .. _notInDomain]).Intersect(["xunit.core"]));
    }

    // Asked of the assembly: a project or package reference that no code uses leaves no trace in it.
    private static string[] Forbidden(Assembly assembly, string[] prefixes) =>
    [
        .. assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => prefixes.Any(p => name == p || name.StartsWith(p + ".", StringComparison.Ordinal))),
    ];

    private static string[] WrongArrows(string project, XDocument file)
    {
        if (!_arrows.TryGetValue(project, out var allowed))
        {
            return [$"no arrows given for {project}"];
        }

        var references = Repository.ReferencesOf(file);
        return
        [
            .. references.Except(allowed).Select(r => $"one arrow too many: {project} -> {r}"),
            .. allowed.Except(references).Select(r => $"missing arrow: {project} -> {r}"),
        ];
    }
}
