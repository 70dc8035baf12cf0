using System.Globalization;
using System.Net;
using CourseCompletion.Domain.Stores;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>Reads how durable a Redis is, before anything is acknowledged on its word.</summary>
internal static class RedisDurability
{
    // Version 7 brought script flags, on which 'all or nothing' rests; Valkey calls itself 7.2 to clients of Redis.
    private const int MajorVersionMin = 7;

    private static readonly Requirement[] _requirements =
    [
        new("appendonly", "yes", "everything since the last snapshot when Redis or its machine stops"),
        new("appendfsync", "always", "the last second of acknowledged events when the machine stops, and more when its disk is slow"),
        new("no-appendfsync-on-rewrite", "no", "everything acknowledged while the append-only file is rewritten, when the machine stops"),
        new("maxmemory-policy", "noeviction", "any key, silently, when memory runs out"),
    ];

    /// <summary>Lists what is wrong on the primaries of a connection; empty when acknowledged writes are safe.</summary>
    public static async Task<IReadOnlyList<string>> FindWeaknessesAsync(RedisStoreOptions options, CancellationToken cancellationToken) =>
        (await InspectAsync(options, cancellationToken).ConfigureAwait(false)).Weaknesses;

    /// <summary>Lists what is wrong, and how full the fullest primary is.</summary>
    public static async Task<RedisInspection> InspectAsync(RedisStoreOptions options, CancellationToken cancellationToken)
    {
        // CONFIG and INFO are an administrator's commands for the client; the connection that carries the data stays without that right.
        var configuration = options.Connection("coursecompletion-inspection");
        configuration.AllowAdmin = true;
        var connecting = ConnectionMultiplexer.ConnectAsync(configuration);
        var connection = await DisposedUnlessReadyAsync(connecting, cancellationToken).ConfigureAwait(false);
        await using (connection.ConfigureAwait(false))
        {
            // A primary that cannot be reached now fails the opening later, when its partitions are looked at.
            var primaries = Array.FindAll(connection.GetServers(), static server => server.IsConnected && !server.IsReplica);
            var weaknesses = new List<string>();
            var fullest = default(RedisMemory);
            foreach (var primary in primaries)
            {
                await InspectAsync(primary, weaknesses, cancellationToken).ConfigureAwait(false);
                var memory = await RedisMemory.OfAsync(primary, cancellationToken).ConfigureAwait(false);
                fullest = memory.Share > fullest.Share || fullest.UsedBytes == 0 ? memory : fullest;
            }

            return primaries.Length > 0
                ? new(weaknesses, fullest)
                : throw new StoreUnavailableException("No primary answers: Storage:Redis must name one, a replica does not take writes.");
        }
    }

    // A connection that comes after the wait for it was given up is nobody's.
    private static async Task<ConnectionMultiplexer> DisposedUnlessReadyAsync(Task<ConnectionMultiplexer> connecting, CancellationToken cancellationToken)
    {
        try
        {
            return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            _ = connecting.ContinueWith(static late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            throw;
        }
    }

    private static async Task InspectAsync(IServer server, List<string> weaknesses, CancellationToken cancellationToken)
    {
        var name = Name(server.EndPoint);
        if (server.Version.Major < MajorVersionMin)
        {
            weaknesses.Add($"{name} is version {server.Version}, but {MajorVersionMin} or later is needed (or Valkey). Upgrade it; "
                + "an older one can stop in the middle of a script and leave half a write.");
        }

        foreach (var requirement in _requirements)
        {
            var value = await ReadAsync(server, requirement.Setting).WaitAsync(cancellationToken).ConfigureAwait(false);
            if (string.Equals(value, requirement.Value, StringComparison.OrdinalIgnoreCase))
                continue;

            var found = value is null ? "cannot be read" : $"is '{value}'";
            weaknesses.Add($"{name}: {requirement.Setting} {found}, but must be '{requirement.Value}'. Set '{requirement.Setting} {requirement.Value}' in redis.conf or with "
                + $"CONFIG SET. Otherwise this can be lost: {requirement.Loss}.");
        }
    }

    private static async Task<string?> ReadAsync(IServer server, string setting)
    {
        try
        {
            var answer = (RedisResult[]?)await server.ExecuteAsync("CONFIG", "GET", setting).ConfigureAwait(false);
            return answer is { Length: 2 } ? (string?)answer[1] : null;
        }
        catch (RedisServerException)
        {
            // Managed services take CONFIG away; what cannot be read counts as weak.
            return null;
        }
    }

    private static string Name(EndPoint endPoint) => endPoint switch
    {
        IPEndPoint ip => ip.ToString(),
        DnsEndPoint dns => string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}"),
        _ => endPoint.ToString() ?? "Redis",
    };

    private sealed record Requirement(string Setting, string Value, string Loss);
}
