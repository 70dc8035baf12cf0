using System.Globalization;
using CourseCompletion.UnitTests.Architecture;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace CourseCompletion.UnitTests.Deploy;

/// <summary>deploy/kubernetes/base: what must hold in it whatever else changes.</summary>
public sealed class KubernetesTests
{
    private const string Pod = "spec.template.spec.";

    private static readonly YamlNode _kustomization = Assert.Single(DeployedYaml.Read("kubernetes", "base", "kustomization.yaml"));
    private static readonly YamlNode _adapter = Assert.Single(DeployedYaml.Read("kubernetes", "prometheus-adapter.yaml"));
    private static readonly YamlNode[] _objects = [.. _kustomization.Texts("resources").SelectMany(file => DeployedYaml.Read("kubernetes", "base", file))];

    [Fact]
    public void Kustomization_NamesEveryFile()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root.FullName, "deploy", "kubernetes", "base")).Select(file => Path.GetFileName(file)!).Where(file => file != "kustomization.yaml");
        Assert.Equal(files.Order(StringComparer.Ordinal), _kustomization.Texts("resources").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("StatefulSet", "silo")]
    [InlineData("Deployment", "gateway")]
    public void Servers_HaveTheirProbesAndTime(string kind, string name)
    {
        var server = Of(kind, name);
        Assert.Equal("/health/startup", server.Text(Pod + "containers.0.startupProbe.httpGet.path"));
        Assert.Equal("/health/ready", server.Text(Pod + "containers.0.readinessProbe.httpGet.path"));

        // Independent of the store: a Redis that is away must not restart everything.
        Assert.Equal("/health/live", server.Text(Pod + "containers.0.livenessProbe.httpGet.path"));
        Assert.Equal("150", server.Text(Pod + "terminationGracePeriodSeconds"));
        var preStop = server.Text(Pod + "containers.0.lifecycle.preStop.sleep.seconds");
        DeployedSettings.AssertTimeToEnd(
            TimeSpan.FromSeconds(preStop.Length == 0 ? 0 : int.Parse(preStop, CultureInfo.InvariantCulture)),
            server.Items(Pod + "containers.0.env").SingleOrDefault(variable => variable.Text("name") == "COURSECOMPLETION_Gateway__CloseTimeout")?.Text("value") ?? "",
            TimeSpan.FromSeconds(150));

        // Where it keeps what it writes is mounted: the rest of the file system is read-only.
        var data = server.Items(Pod + "containers.0.env").Single(variable => variable.Text("name") == "COURSECOMPLETION_Storage__DataDirectory").Text("value");
        Assert.Contains(server.Items(Pod + "containers.0.volumeMounts"), mount => mount.Text("mountPath") == data);
        Assert.Equal("1", Of("PodDisruptionBudget", name).Text("spec.maxUnavailable"));
    }

    [Theory]
    [InlineData("silo", "external")]
    [InlineData("gateway", "pods")]
    public void Autoscaling_FollowsEventsAndTakesAwayOneAtATime(string name, string kind)
    {
        var scaler = Of("HorizontalPodAutoscaler", name);
        var metric = scaler.Text($"spec.metrics.0.{kind}.metric.name");
        Assert.Equal("coursecompletion_events_per_second", metric);
        Assert.Contains(_adapter.Items(kind == "pods" ? "rules.custom" : "rules.external"), rule => rule.Text("name.as") == metric);
        Assert.Equal(["1"], scaler.Items("spec.behavior.scaleDown.policies").Select(policy => policy.Text("value")));
    }

    [Fact]
    public void Gateway_LeavesItsServiceBeforeItEnds() => Assert.NotEqual("", Of("Deployment", "gateway").Text(Pod + "containers.0.lifecycle.preStop.sleep.seconds"));

    [Fact]
    public void Containers_HaveNoRights() => Assert.All(Servers(), server =>
    {
        Assert.Equal("true", server.Text(Pod + "securityContext.runAsNonRoot"));
        Assert.Equal("false", server.Text(Pod + "automountServiceAccountToken"));
        Assert.Equal("false", server.Text(Pod + "containers.0.securityContext.allowPrivilegeEscalation"));
        Assert.Equal("true", server.Text(Pod + "containers.0.securityContext.readOnlyRootFilesystem"));
        Assert.Equal(["ALL"], server.Texts(Pod + "containers.0.securityContext.capabilities.drop"));
        Assert.NotEqual("", server.Text(Pod + "containers.0.resources.limits.memory"));
    });

    [Fact]
    public void TrustedNetwork_StandsBesideANetworkPolicy()
    {
        var servers = Servers().Where(server => Variables(server).Contains("COURSECOMPLETION_Network__TrustedNetwork")).Select(server => server.Text("metadata.name")).ToArray();
        Assert.Equal(2, servers.Length);

        // Whoever has no policy of its own is reached by nobody.
        Assert.Empty(Of("NetworkPolicy", "nobody").Entries("spec.podSelector"));
        Assert.All(servers, server => Assert.Equal(server, Label(Of("NetworkPolicy", server))));
    }

    [Fact]
    public void Environment_NamesSettingsThatThereAre() => Assert.All(Servers().SelectMany(Variables), DeployedSettings.AssertKnown);

    // redis-cli ends well on an error, too, which is what a Redis answers while it loads its file.
    [Theory]
    [InlineData("startupProbe")]
    [InlineData("readinessProbe")]
    public void Redis_IsReadyOnlyOnceItAnswersWell(string probe) =>
        Assert.Equal(["sh", "-c", "redis-cli ping | grep -q PONG"], Of("StatefulSet", "redis").Texts(Pod + $"containers.0.{probe}.exec.command"));

    [Fact]
    public void Redis_KeepsWhatItAcknowledges()
    {
        var arguments = string.Join(' ', Of("StatefulSet", "redis").Texts(Pod + "containers.0.args"));
        Assert.All(["--appendonly yes", "--appendfsync always", "--no-appendfsync-on-rewrite no", "--maxmemory-policy noeviction"], setting => Assert.Contains(setting, arguments, StringComparison.Ordinal));
    }

    private static string Label(YamlNode policy) => Assert.Single(policy.Entries("spec.podSelector.matchLabels"), label => label.Key == "app.kubernetes.io/name").Value.ToString();

    private static IEnumerable<string> Variables(YamlNode server) => server.Items(Pod + "containers.0.env").Select(variable => variable.Text("name"));

    private static IEnumerable<YamlNode> Servers() => _objects.Where(one => one.Text("kind") is "StatefulSet" or "Deployment");

    private static YamlNode Of(string kind, string name) => Assert.Single(_objects, one => one.Text("kind") == kind && one.Text("metadata.name") == name);
}
