using Xunit;
using YamlDotNet.RepresentationModel;

namespace CourseCompletion.UnitTests.Deploy;

/// <summary>deploy/compose/compose.yaml; there is no engine here to run it.</summary>
public sealed class ComposeTests
{
    private static readonly YamlNode _file = Assert.Single(DeployedYaml.Read("compose", "compose.yaml"));

    [Fact]
    public void Services_AreThoseOfACluster()
    {
        var services = Services().Select(service => service.Name).ToArray();
        Assert.Equal(["cli", "gateway-1", "gateway-2", "grafana", "prometheus", "redis", "silo-1", "silo-2", "silo-3"], services.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Ports_AreReachableFromThisMachineOnly() =>
        Assert.All(Services().SelectMany(service => service.Node.Texts("ports")), port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));

    [Fact]
    public void Silos_KeepADirectoryEachAndHaveTimeToEnd()
    {
        var silos = Services().Where(service => service.Node.Text("environment.COURSECOMPLETION_Role") == "silo").ToArray();
        Assert.Equal(3, silos.SelectMany(silo => silo.Node.Texts("volumes")).Where(volume => volume.EndsWith(":/data", StringComparison.Ordinal)).Distinct().Count());
        Assert.All(silos, silo =>
        {
            Assert.Equal("150s", silo.Node.Text("stop_grace_period"));
            DeployedSettings.AssertTimeToEnd(TimeSpan.Zero, silo.Node.Text("environment.COURSECOMPLETION_Gateway__CloseTimeout"), TimeSpan.FromSeconds(150));
        });
    }

    // A server listens at one address: with two networks one of them would not reach it.
    [Fact]
    public void Services_ShareOneNetwork() => Assert.All(Services(), service => Assert.Empty(service.Node.Texts("networks")));

    [Fact]
    public void Prometheus_ScrapesEveryServer()
    {
        var servers = Services().Where(service => service.Node.Text("environment.COURSECOMPLETION_Role") != "").Select(service => $"{service.Name}:5081");
        var job = Assert.Single(Assert.Single(DeployedYaml.Read("compose", "prometheus.yml")).Items("scrape_configs"));
        Assert.Equal("coursecompletion", job.Text("job_name"));
        Assert.Equal(servers.Order(StringComparer.Ordinal), job.Items("static_configs").SelectMany(target => target.Texts("targets")).Order(StringComparer.Ordinal));
        Assert.Contains(_file.Texts("services.prometheus.volumes"), volume => volume.StartsWith("./prometheus.yml:/etc/prometheus/prometheus.yml", StringComparison.Ordinal));
    }

    [Fact]
    public void Redis_KeepsWhatItAcknowledges()
    {
        var command = string.Join(' ', _file.Texts("services.redis.command"));
        Assert.All(["--appendonly yes", "--appendfsync always", "--no-appendfsync-on-rewrite no", "--maxmemory-policy noeviction"], setting => Assert.Contains(setting, command, StringComparison.Ordinal));
    }

    [Fact]
    public void Environment_NamesSettingsThatThereAre() => Assert.All(
        Services().SelectMany(service => service.Node.Entries("environment")), variable => DeployedSettings.AssertKnown(variable.Key));

    private static IEnumerable<(string Name, YamlNode Node)> Services() => _file.Entries("services").Select(service => (service.Key, service.Value));
}
