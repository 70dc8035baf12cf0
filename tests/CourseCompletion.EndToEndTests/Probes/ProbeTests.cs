using System.Net;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Host;
using Xunit;

namespace CourseCompletion.EndToEndTests.Probes;

/// <summary>What probes are answered by each role, and by a process whose store or silo is away.</summary>
public sealed class ProbeTests
{
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(60);
    private static readonly string[] _pages = ["/health/startup", "/health/ready", "/health/live"];

    [RedisFact]
    public async Task Probes_StoreThenSiloAway_OnlyReadinessEnds()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var silo = await HostProcess.StartAsync(new HostPlan { Role = HostRole.Silo, Settings = ["--redis", redis.ConnectionString, "--Storage:RedisCommandTimeout", "00:00:01"] });
        await using var gateway = await HostProcess.StartAsync(new HostPlan { Role = HostRole.Gateway, Settings = ["--redis", redis.ConnectionString] });
        using var http = new HttpClient();
        foreach (var page in _pages)
        {
            Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, silo, page));
            Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, gateway, page));
        }

        redis.Kill();
        await Eventually.HoldsAsync("the silo to say that its store is away", _deadline, async () =>
            await AskAsync(http, silo, "/health/ready") is var (status, text) && status == HttpStatusCode.ServiceUnavailable && text.Contains("store:", StringComparison.Ordinal) ? null : text);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, silo, "/health/live"));
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, silo, "/health/startup"));

        await silo.KillAsync();
        await Eventually.HoldsAsync("the gateway to say that no silo is connected", _deadline, async () =>
            await AskAsync(http, gateway, "/health/ready") is var (status, text) && status == HttpStatusCode.ServiceUnavailable && text.Contains("cluster:", StringComparison.Ordinal) ? null : text);
        Assert.Equal((HttpStatusCode.OK, "Healthy"), await AskAsync(http, gateway, "/health/live"));
    }

    private static async Task<(HttpStatusCode Status, string Text)> AskAsync(HttpClient http, HostProcess host, string page)
    {
        using var answer = await http.GetAsync(new Uri(host.Http, page));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
