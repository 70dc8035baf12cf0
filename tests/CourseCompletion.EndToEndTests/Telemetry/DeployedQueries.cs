using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CourseCompletion.EndToEndTests.Hosts;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>The queries of the dashboards and alert rules in <c>deploy/</c>.</summary>
internal static partial class DeployedQueries
{
    private static readonly string[] _words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];
    private static readonly DirectoryInfo _deploy = new(Path.Combine(Repository.Root.FullName, "deploy"));

    /// <summary>All of them, each with the file that it is in.</summary>
    public static IReadOnlyList<(string File, string Query)> All { get; } =
    [
        .. _deploy.GetFiles("*.json", SearchOption.AllDirectories).SelectMany(file => InJson(JsonNode.Parse(File.ReadAllText(file.FullName))!).Select(query => (file.Name, query))),
        .. Alerts.SelectMany(alert => Expression().Matches(alert).Select(match => ("alerts.yml", match.Groups["query"].Value.Trim()))),
    ];

    /// <summary>The alert rules, each as it is written.</summary>
    public static IReadOnlyList<string> Alerts => [.. File.ReadAllText(Path.Combine(_deploy.FullName, "prometheus", "alerts.yml")).Split("- alert:")[1..]];

    /// <summary>The names in queries that are no metrics of a list, each with its file.</summary>
    public static IReadOnlyList<string> Unknown(IEnumerable<(string File, string Query)> queries, HashSet<string> known) =>
        [.. queries.SelectMany(query => NamesIn(query.Query).Where(name => !known.Contains(name)).Select(name => $"{query.File}: {name}")).Distinct()];

    // What is left of a query without texts, label matchers, ranges and label lists are numbers, functions, words and metrics.
    private static IEnumerable<string> NamesIn(string query) =>
        Name().Matches(Labels().Replace(Ranges().Replace(Matchers().Replace(Texts().Replace(query, ""), ""), ""), ""))
            .Select(match => match.Value)
            .Where(name => !_words.Contains(name, StringComparer.OrdinalIgnoreCase));

    private static IEnumerable<string> InJson(JsonNode node) => node switch
    {
        JsonObject @object => @object.SelectMany(member => member.Value is null ? [] : member.Key == "expr" ? [member.Value.GetValue<string>()] : InJson(member.Value)),
        JsonArray array => array.SelectMany(item => item is null ? [] : InJson(item)),
        _ => [],
    };

    [GeneratedRegex(@"^\s+expr:(?<query>.+)$", RegexOptions.Multiline)]
    private static partial Regex Expression();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Texts();

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Matchers();

    [GeneratedRegex(@"\[[^\]]*\]|\boffset\s+\w+")]
    private static partial Regex Ranges();

    [GeneratedRegex(@"\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)")]
    private static partial Regex Labels();

    [GeneratedRegex(@"(?<![\w:.$])[a-zA-Z_:][\w:]*\b(?!\s*\()")]
    private static partial Regex Name();
}
