using System.Globalization;
using StackExchange.Redis;

namespace CourseCompletion.Storage.Redis;

/// <summary>How a Redis is set up, and how full it is.</summary>
/// <param name="Weaknesses">Settings with which acknowledged writes can be lost, and what to set instead.</param>
/// <param name="Memory">The memory of the fullest primary.</param>
internal sealed record RedisInspection(IReadOnlyList<string> Weaknesses, RedisMemory Memory);

/// <summary>The memory of a primary.</summary>
/// <param name="UsedBytes">What its data take.</param>
/// <param name="BytesMax">At which it refuses writes; 0 for no limit of its own.</param>
internal readonly record struct RedisMemory(long UsedBytes, long BytesMax)
{
    /// <summary>Which share of its limit is used; 0 without a limit.</summary>
    public double Share => BytesMax > 0 ? (double)UsedBytes / BytesMax : 0;

    /// <summary>Asks a server; zeroes where a managed service does not say.</summary>
    public static async Task<RedisMemory> OfAsync(IServer server, CancellationToken cancellationToken)
    {
        try
        {
            var memory = (await server.InfoAsync("memory").WaitAsync(cancellationToken).ConfigureAwait(false)).SelectMany(group => group).ToDictionary();
            return new(NumberOf(memory, "used_memory"), NumberOf(memory, "maxmemory"));
        }
        catch (RedisServerException)
        {
            return default;
        }
    }

    private static long NumberOf(Dictionary<string, string> memory, string name) =>
        memory.TryGetValue(name, out var text) && long.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
