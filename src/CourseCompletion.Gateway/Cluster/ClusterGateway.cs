using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Cluster;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Cluster;

/// <summary>Shows the silos behind the gateway, and takes them out of service.</summary>
internal sealed class ClusterGateway(IGrainFactory grains, IOptions<GatewayOptions> options) : Wire.ClusterService.ClusterServiceBase
{
    private static readonly TimeSpan _year = TimeSpan.FromDays(365);

    private IClusterGrain Cluster => grains.GetGrain<IClusterGrain>(0);

    public override async Task<Wire.GetClusterResponse> GetCluster(Wire.GetClusterRequest request, ServerCallContext context) =>
        new() { Cluster = ClusterMapping.ToWire(await Cluster.GetAsync().ForAsync(context).ConfigureAwait(false)) };

    public override async Task<Wire.DrainSiloResponse> DrainSilo(Wire.DrainSiloRequest request, ServerCallContext context)
    {
        if (request.Silo.Length == 0)
        {
            throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "silo", "Set silo: it is required here."));
        }

        return await Cluster.DrainAsync(request.Silo).ForAsync(context).ConfigureAwait(false) switch
        {
            DrainOutcome.Asked => new(),
            DrainOutcome.Last => throw GatewayErrors.Precondition(
                new(RejectionReason.InvalidField, "silo", "It is the only silo: nobody could take over what it keeps. Start another first, or end its process.")),
            DrainOutcome.NoAnswer => throw GatewayErrors.Unavailable(options.Value.RetryAfter()),
            _ => throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "silo", $"Name an active silo by its address or name, as GetCluster tells them: there is no '{request.Silo}'.")),
        };
    }

    public override async Task<Wire.PurgeSilosResponse> PurgeSilos(Wire.PurgeSilosRequest request, ServerCallContext context)
    {
        var deadFor = DurationOf(request);
        return deadFor < TimeSpan.Zero || deadFor > _year
            ? throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, "dead_for", "Set dead_for to a duration from 0 to 365 days."))
            : new() { Purged = await Cluster.PurgeAsync(deadFor).ForAsync(context).ConfigureAwait(false) };
    }

    // What is no duration lies outside of the range, too.
    private static TimeSpan DurationOf(Wire.PurgeSilosRequest request)
    {
        try
        {
            return request.DeadFor?.ToTimeSpan() ?? TimeSpan.Zero;
        }
        catch (Exception malformed) when (malformed is InvalidOperationException or OverflowException)
        {
            return TimeSpan.MaxValue;
        }
    }
}
