using CourseCompletion.Cli.Bench;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Host;
using CourseCompletion.Host.Networking;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CourseCompletion.Peers.Learners;

/// <summary>The engine's own host, whose gateway finds its learners in Akka.NET's cluster sharding.</summary>
/// <remarks>
/// Gateway, rules, model, journal and snapshots are the engine's, and so are the courses, with their grains and the collector of rows: only the runtime of the learners differs.
/// A learner answers to batches of events alone, which is all that the bench sends.
/// </remarks>
internal static class AkkaPeer
{
    /// <summary>Serves until standard input ends.</summary>
    public static async Task<int> RunAsync(string dataDirectory)
    {
        await using var learners = new ShardedLearnerDirectory();
        await using var app = HostProgram.Build(
            BenchServe.HostArguments(dataDirectory, redis: null),
            builder => builder.Services.Replace(ServiceDescriptor.Singleton<ILearnerDirectory>(learners)));
        return await BenchServe.ServeAsync(app, async () =>
        {
            await learners.JoinAsync(app.Services);
            return app.Services.GetRequiredService<HostAddresses>().ReadyLine;
        });
    }
}
