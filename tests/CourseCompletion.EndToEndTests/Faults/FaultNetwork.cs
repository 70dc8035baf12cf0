using System.Globalization;
using System.Net;
using CourseCompletion.EndToEndTests.Hosts;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Machines on a network of their own: Linux network namespaces on one bridge, between which packets can be made to vanish.</summary>
/// <remarks>
/// A partition gives both sides a wrong hardware address of each other. What they send then reaches nobody, and nobody is told, as on a network that lost a link. It
/// needs root and the program <c>ip</c>.
/// </remarks>
internal sealed class FaultNetwork : IAsyncDisposable
{
    private const string NobodysHardwareAddress = "02:00:00:00:00:01";
    private static readonly TimeSpan _deadline = TimeSpan.FromSeconds(10);
    private static int _networks;

    private readonly int _machines;
    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"ccf{Environment.ProcessId % 10_000}x{Interlocked.Increment(ref _networks)}");
    private readonly int _subnet = Random.Shared.Next(1, 250);

    private FaultNetwork(int machines) => _machines = machines;

    /// <summary>The address of this process on the network.</summary>
    public IPAddress Here => AddressOf(-1);

    /// <summary>Makes a network.</summary>
    /// <exception cref="InvalidOperationException">The machine does not allow it.</exception>
    public static async Task<FaultNetwork> MakeAsync(int machines)
    {
        var network = new FaultNetwork(machines);
        try
        {
            await network.MakeAsync();
            return network;
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }
    }

    public IPAddress AddressOf(int machine) => IPAddress.Parse(string.Create(CultureInfo.InvariantCulture, $"10.213.{_subnet}.{machine + 10}"));

    public string NamespaceOf(int machine) => string.Create(CultureInfo.InvariantCulture, $"{_name}m{machine}");

    /// <summary>Lets nothing through between two machines; -1 is this process, and so the store.</summary>
    public async Task PartitionAsync(int one, int other)
    {
        await NeighbourAsync(one, other, "replace");
        await NeighbourAsync(other, one, "replace");
    }

    /// <summary>Lets everything through again.</summary>
    public async Task HealAsync(int one, int other)
    {
        await NeighbourAsync(one, other, "del");
        await NeighbourAsync(other, one, "del");
    }

    public async ValueTask DisposeAsync()
    {
        // Its end of each cable goes with a namespace, and the other end with it.
        for (var machine = 0; machine < _machines; machine++)
            await TryIpAsync("netns", "del", NamespaceOf(machine));
        await TryIpAsync("link", "del", _name);
    }

    private async Task MakeAsync()
    {
        await IpAsync("link", "add", _name, "type", "bridge");
        await IpAsync("addr", "add", $"{Here}/24", "dev", _name);
        await IpAsync("link", "set", _name, "up");
        for (var machine = 0; machine < _machines; machine++)
        {
            var (space, cable) = (NamespaceOf(machine), string.Create(CultureInfo.InvariantCulture, $"{_name}c{machine}"));
            await IpAsync("netns", "add", space);
            await IpAsync("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", space);
            await IpAsync("link", "set", cable, "master", _name, "up");
            await IpAsync("-n", space, "addr", "add", $"{AddressOf(machine)}/24", "dev", "eth0");
            await IpAsync("-n", space, "link", "set", "lo", "up");
            await IpAsync("-n", space, "link", "set", "eth0", "up");
        }
    }

    private Task NeighbourAsync(int of, int neighbour, string change)
    {
        string[] where = of < 0 ? ["neigh", change] : ["-n", NamespaceOf(of), "neigh", change];
        string[] what = change == "del" ? [] : ["lladdr", NobodysHardwareAddress, "nud", "permanent"];
        return IpAsync([.. where, $"{AddressOf(neighbour)}", .. what, "dev", of < 0 ? _name : "eth0"]);
    }

    private static async Task IpAsync(params string[] arguments)
    {
        if (await TryIpAsync(arguments) is { } fault)
            throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {fault}");
    }

    private static async Task<string?> TryIpAsync(params string[] arguments)
    {
        await using var ip = ChildProcess.Start("ip", arguments);
        return await ip.ExitCodeAsync(_deadline) == 0 ? null : ip.Errors;
    }
}
