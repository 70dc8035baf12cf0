using System.Globalization;
using System.Text.RegularExpressions;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>What a server answered Prometheus.</summary>
internal sealed partial class Scrape
{
    private readonly (string Name, string Labels, double Value)[] _series;

    private Scrape(string text) => _series =
    [
        .. Series().Matches(text).Select(match => (match.Groups["name"].Value, match.Groups["labels"].Value, double.Parse(match.Groups["value"].Value, CultureInfo.InvariantCulture))),
    ];

    /// <summary>The names of all series.</summary>
    public HashSet<string> Names => _series.Select(series => series.Name).ToHashSet();

    public static async Task<Scrape> OfAsync(HttpClient http, Uri host) => new(await http.GetStringAsync(new Uri(host, "/metrics")));

    /// <summary>The sum of a metric's series whose labels have this text.</summary>
    public double Sum(string name, string label = "") => _series.Where(series => series.Name == name && series.Labels.Contains(label, StringComparison.Ordinal)).Sum(series => series.Value);

    [GeneratedRegex(@"^(?<name>[a-zA-Z_:][\w:]*)(\{(?<labels>.*)\})? (?<value>\S+)", RegexOptions.Multiline)]
    private static partial Regex Series();
}
