using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Grains.Abstractions.Learners;
using CourseCompletion.Grains.Learners;
using Microsoft.Extensions.DependencyInjection;

namespace CourseCompletion.Peers.Learners;

/// <summary>Finds learners behind the shard region of a cluster of one node.</summary>
internal sealed class ShardedLearnerDirectory : ILearnerDirectory, IAsyncDisposable
{
    private const int Shards = 100;

    // As Akka.NET comes, except: shards are placed by replicated data, which needs no store; learners rest as long in memory as Orleans leaves its grains there, so that none
    // is read back after another peer was measured.
    private const string Settings =
        """
        akka {
          loglevel = WARNING
          actor.provider = cluster
          remote.dot-netty.tcp { hostname = "127.0.0.1", port = 0 }
          cluster.sharding {
            state-store-mode = ddata
            distributed-data.durable.keys = []
            passivate-idle-entity-after = 15m
          }
        }
        """;

    private ActorSystem? _system;
    private IActorRef? _region;

    /// <inheritdoc/>
    public ILearnerGrain Find(LearnerKey key) => new AskedLearner(_region ?? throw new InvalidOperationException("The node has not joined yet."), key);

    /// <summary>Makes this process a cluster of its own and starts the region.</summary>
    /// <param name="services">Those of a started host: what learners work with, and the store.</param>
    public async Task JoinAsync(IServiceProvider services)
    {
        var (learners, grains) = (services.GetRequiredService<LearnerServices>(), services.GetRequiredService<IGrainFactory>());
        _system = ActorSystem.Create("learners", ConfigurationFactory.ParseString(Settings));
        var cluster = Akka.Cluster.Cluster.Get(_system);
        await cluster.JoinAsync(cluster.SelfAddress);
        _region = await ClusterSharding.Get(_system).StartAsync(
            "learner",
            key => Props.CreateBy(new LearnerProducer(LearnerKey.Parse(key), grains, learners)),
            ClusterShardingSettings.Create(_system),
            HashCodeMessageExtractor.Create(Shards, static message => (message as RecordEvents)?.Learner.Value, static message => message));
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_system is not null)
        {
            await _system.Terminate();
        }
    }

    // Makes an actor directly: from an expression, Akka.NET would compile it anew for each of ten thousand learners.
    private sealed class LearnerProducer(LearnerKey key, IGrainFactory grains, LearnerServices learners) : IIndirectActorProducer
    {
        public Type ActorType => typeof(LearnerActor);

        public ActorBase Produce() => new LearnerActor(key, grains, learners);

        public void Release(ActorBase actor)
        {
        }
    }
}
