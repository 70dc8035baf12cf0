using System.Net;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.EndToEndTests.Redis;
using CourseCompletion.Host;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>What a cluster consists of.</summary>
internal sealed record ClusterPlan
{
    public int Silos { get; init; } = 3;

    public int Gateways { get; init; } = 2;

    /// <summary>Whether each silo reaches the store through a proxy of its own.</summary>
    public bool HasStoreProxies { get; init; }

    /// <summary>Settings of every process. In the quick subset what a crash left untold is found sooner than by default, so that nobody waits for it.</summary>
    public string[] Settings { get; init; } = FaultSettings.IsFull ? [] : ["--Sweep:OlderThan", "00:00:06", "--Sweep:Every", "00:00:02"];

    /// <summary>Where the built server is that is started at first; null for the one beside the tests.</summary>
    public string? ProgramDirectory { get; init; } = FaultSettings.ProgramDirectory;

    /// <summary>Where the processes run; null for this machine's loopback.</summary>
    public FaultNetwork? Network { get; init; }
}

/// <summary>redis-server, silos and gateways as processes of their own, with a door before each gateway through which clients come.</summary>
internal sealed class FaultCluster : IFaultTarget
{
    private const string Name = "faults";

    private readonly ClusterPlan _plan;
    private readonly List<HostProcess> _silos = [];
    private readonly List<HostProcess> _gateways = [];
    private readonly List<FaultProxy> _doors = [];
    private readonly List<FaultProxy> _storeProxies = [];

    private FaultCluster(ClusterPlan plan, RedisServer redis)
    {
        _plan = plan;
        Redis = redis;
    }

    public RedisServer Redis { get; }

    public IReadOnlyList<HostProcess> Silos => _silos;

    public IReadOnlyList<HostProcess> Gateways => _gateways;

    /// <summary>One before each gateway; it leads to the others where that one takes no connection.</summary>
    public IReadOnlyList<FaultProxy> Doors => _doors;

    /// <summary>One before the store for each of the first silos, where the plan has them.</summary>
    public IReadOnlyList<FaultProxy> StoreProxies => _storeProxies;

    public IReadOnlyList<Uri> Addresses => [.. _doors.Select(door => door.Address)];

    public IReadOnlyList<string> StoreArguments => ["--redis", Redis.ConnectionString, "--service-id", Name, "--data", .. _silos.Select(silo => silo.DataDirectory)];

    public long LargestMemoryBytes => _silos.Concat(_gateways).Max(host => host.MemoryBytes);

    /// <summary>Starts everything and waits until it is ready.</summary>
    public static async Task<FaultCluster> StartAsync(ClusterPlan plan)
    {
        var cluster = new FaultCluster(plan, await RedisServer.StartAsync(plan.Network is { } network ? ["--bind", "127.0.0.1", $"{network.Here}", "--protected-mode", "no"] : []));
        try
        {
            for (var silo = 0; silo < plan.Silos; silo++)
                await cluster.AddSiloAsync();
            for (var gateway = 0; gateway < plan.Gateways; gateway++)
                cluster._gateways.Add(await HostProcess.StartAsync(cluster.PlanOf(HostRole.Gateway, plan.Silos + gateway, cluster.StoreOf(null))));
            for (var door = 0; door < plan.Gateways; door++)
                cluster._doors.Add(new(cluster.EndPointsFrom(door)));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts one more silo.</summary>
    public async Task<HostProcess> AddSiloAsync()
    {
        FaultProxy? proxy = null;
        if (_plan.HasStoreProxies)
            _storeProxies.Add(proxy = new(new IPEndPoint(IPAddress.Loopback, Redis.Port)));
        var silo = new HostProcess(PlanOf(HostRole.Silo, _silos.Count, StoreOf(proxy)));
        _silos.Add(silo);
        await silo.StartAgainAsync();
        return silo;
    }

    /// <summary>Takes a gateway out of every door, as a load balancer does with one that is about to stop, or puts it back.</summary>
    public void Route(HostProcess gateway, bool isIn)
    {
        for (var door = 0; door < _doors.Count; door++)
            _doors[door].Redirect([.. EndPointsFrom(door).Where(endPoint => isIn || endPoint.Port != gateway.Grpc.Port)]);
    }

    public string Describe() => string.Join('\n', _silos.Select((silo, i) => $"Silo {i}: {silo.Describe()}").Concat(_gateways.Select((gateway, i) => $"Gateway {i}: {gateway.Describe()}")));

    public async ValueTask DisposeAsync()
    {
        foreach (var door in _doors)
            await door.DisposeAsync();
        foreach (var host in _gateways.Concat(_silos))
            await host.DisposeAsync();
        foreach (var proxy in _storeProxies)
            await proxy.DisposeAsync();
        await Redis.DisposeAsync();
    }

    private IPEndPoint[] EndPointsFrom(int first) =>
        [.. Enumerable.Range(0, _gateways.Count).Select(step => _gateways[(first + step) % _gateways.Count].Grpc).Select(address => IPEndPoint.Parse(address.Authority))];

    private string StoreOf(FaultProxy? proxy) => proxy is not null ? $"{proxy.EndPoint}" : _plan.Network is { } network ? $"{network.Here}:{Redis.Port}" : Redis.ConnectionString;

    private HostPlan PlanOf(HostRole role, int number, string store)
    {
        string[] settings = ["--redis", store, "--Cluster:ServiceId", Name, "--Cluster:ClusterId", Name, .. _plan.Settings];
        return _plan.Network is { } network
            ? new()
            {
                Role = role,
                ProgramDirectory = _plan.ProgramDirectory,
                Settings = [.. settings, "--Network:TrustedNetwork", "true"],
                Address = network.AddressOf(number),
                NetworkNamespace = network.NamespaceOf(number),
            }
            : new() { Role = role, ProgramDirectory = _plan.ProgramDirectory, Settings = settings };
    }
}
