using System.Text.Json;
using CourseCompletion.EndToEndTests.Hosts;
using Xunit;

namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>The log as a program reads it.</summary>
public sealed class LogTests
{
    [Fact]
    public async Task Log_AsJson_HasAnObjectAnEntryWithItsTrace()
    {
        const string traceId = "0af7651916cd43dd8448eb211c80319c";
        await using var host = await HostProcess.StartAsync(
            "--Logging:Console:FormatterName", "json", "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics", "Information");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Http, "/health/live")) { Headers = { { "traceparent", $"00-{traceId}-b7ad6b7169203331-01" } } };

        using var answer = await http.SendAsync(request);

        answer.EnsureSuccessStatusCode();
        var entries = await Eventually.GetAsync("the request's entry", TimeSpan.FromSeconds(30), () => Task.FromResult(EntriesOf(host, traceId)), found => found.Length > 0);
        Assert.Equal("Microsoft.AspNetCore.Hosting.Diagnostics", entries[0].GetProperty("Category").GetString());
        Assert.EndsWith("Z", entries[0].GetProperty("Timestamp").GetString(), StringComparison.Ordinal);
    }

    private static JsonElement[] EntriesOf(HostProcess host, string traceId) =>
    [
        .. host.Describe().Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonDocument.Parse(line).RootElement)
            .Where(entry => entry.GetProperty("Scopes").EnumerateArray().Any(scope => scope.ValueKind == JsonValueKind.Object && scope.TryGetProperty("TraceId", out var id) && id.GetString() == traceId)),
    ];
}
