using System.Globalization;
using System.Net;
using System.Runtime;
using CourseCompletion.Gateway.Learners;
using CourseCompletion.Host;
using CourseCompletion.Host.Networking;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Runtime.Hosting;

namespace CourseCompletion.Cli.Bench;

/// <summary>The server side of the bench: the real host with other learners behind its gateway, or a bare echo.</summary>
internal static class BenchServe
{
    public static async Task<int> RunAsync(BenchMode mode, string dataDirectory, string? redis)
    {
        await using var app = mode == BenchMode.Echo ? BuildEcho() : BuildHost(mode, dataDirectory, redis);
        return await ServeAsync(app, () => Task.FromResult(mode == BenchMode.Echo ? EchoReadyLine(app) : app.Services.GetRequiredService<HostAddresses>().ReadyLine));
    }

    /// <summary>Serves until standard input ends, with the pages that the bench reads.</summary>
    /// <param name="app">What serves; not started yet.</param>
    /// <param name="readyAsync">Ends the preparations of the started server and gives the line that says where it listens.</param>
    public static async Task<int> ServeAsync(WebApplication app, Func<Task<string>> readyAsync)
    {
        app.MapGet("/bench/allocated-bytes", () => GC.GetTotalAllocatedBytes(precise: false).ToString(CultureInfo.InvariantCulture));
        app.MapGet("/bench/compiled-methods", () => JitInfo.GetCompiledMethodCount().ToString(CultureInfo.InvariantCulture));
        await app.StartAsync();
        Console.WriteLine(await readyAsync());

        // The bench holds the other end of standard input: however it ends, this process ends with it.
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
        return 0;
    }

    /// <summary>The settings of a host on the embedded store, or on a Redis, that the bench measures.</summary>
    public static string[] HostArguments(string dataDirectory, string? redis) =>
    [
        "--data", dataDirectory, "--grpc-port", "0", "--http-port", "0", "--Courses:DraftsPerHourMax", "1000000",
        .. redis is null ? [] : (string[])["--redis", redis, "--Cluster:ClusterId", Path.GetFileName(dataDirectory), "--Cluster:ServiceId", Path.GetFileName(dataDirectory)],
    ];

    private static string EchoReadyLine(WebApplication echo)
    {
        var addresses = echo.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToArray();
        return $"Echo is ready: grpc {addresses[0]} http {addresses[1]}";
    }

    private static WebApplication BuildHost(BenchMode mode, string dataDirectory, string? redis)
    {
        return HostProgram.Build(HostArguments(dataDirectory, redis), builder =>
        {
            switch (mode)
            {
                case BenchMode.Storeless:
                    PutBehindGateway<StorelessLearnerGrain>(builder);
                    break;
                case BenchMode.WriteState:
                    PutBehindGateway<WriteStateLearnerGrain>(builder);
                    AddBenchStorage(builder, redis);
                    break;
            }
        });
    }

    private static void PutBehindGateway<TGrain>(WebApplicationBuilder builder) => builder.Services.Replace(
        ServiceDescriptor.Singleton<ILearnerDirectory>(s => new ClusterLearnerDirectory(s.GetRequiredService<IGrainFactory>(), typeof(TGrain).FullName)));

    // Orleans' stock Redis persistence with its own serializer; on the embedded store the engine's grain storage.
    private static void AddBenchStorage(WebApplicationBuilder builder, string? redis) => builder.Host.UseOrleans(silo =>
    {
        if (redis is null)
        {
            silo.Services.AddGrainStorage(WriteStateLearnerGrain.StorageName, static (services, _) => new JsonGrainStorage(services));
        }
        else
        {
            silo.AddRedisGrainStorage(WriteStateLearnerGrain.StorageName, storage => storage.ConfigurationOptions = StackExchange.Redis.ConfigurationOptions.Parse(redis));
        }
    });

    private static WebApplication BuildEcho()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc(grpc => grpc.MaxReceiveMessageSize = null);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var app = builder.Build();
        app.MapGrpcService<EchoService>();
        return app;
    }
}
