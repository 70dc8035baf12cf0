using CourseCompletion.Cli.Engagement;
using CourseCompletion.Grains;
using CourseCompletion.Grains.Campaigns;
using CourseCompletion.Host;
using CourseCompletion.Host.Networking;
using CourseCompletion.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CourseCompletion.Cli.Demo;

/// <summary>The real server inside this process, with the embedded store.</summary>
internal sealed class DemoServer : IAsyncDisposable
{
    private static readonly TimeSpan _lookEveryMin = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan _lookEveryMax = TimeSpan.FromSeconds(10);

    private readonly WebApplication _app;

    private DemoServer(WebApplication app) => _app = app;

    /// <summary>Where it listens for gRPC.</summary>
    public Uri Grpc => _app.Services.GetRequiredService<HostAddresses>().Grpc;

    /// <summary>Where it listens for HTTP.</summary>
    public Uri Http => _app.Services.GetRequiredService<HostAddresses>().Http;

    /// <summary>Starts it, on the demo's clock.</summary>
    /// <exception cref="DataFormatException">It cannot start; the message says why and what to do.</exception>
    public static async Task<DemoServer> StartAsync(DemoOptions options, DemoClock clock, CancellationToken cancellationToken)
    {
        string[] arguments =
            ["--data", options.DataDirectory, "--grpc-port", $"{options.GrpcPort}", "--http-port", $"{options.HttpPort}"];
        var log = new DemoLog(Path.Combine(options.DataDirectory, "server.log"));
        WebApplication? app = null;
        try
        {
            app = HostProgram.Build(arguments, builder =>
            {
                builder.Logging.ClearProviders().AddProvider(log);
                builder.Services.AddKeyedSingleton<TimeProvider>(EngineTime.Key, clock);
                builder.Services.Configure<CampaignOptions>(campaigns => campaigns.ScanEvery = LookEvery(options.LiveSpeed));
                builder.Services.AddSingleton<IHostLifetime, CallersLifetime>(); // Ctrl+C is the demo's: it stops the stream first.
            });
            await app.StartAsync(cancellationToken);
            return new(app);
        }
        catch (Exception error) when (Explain(error) is { } explanation)
        {
            if (app is not null)
            {
                await app.DisposeAsync();
            }

            throw new DataFormatException(explanation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static TimeSpan LookEvery(int speed)
    {
        var every = DemoCampaign.LookEvery / speed;
        return every < _lookEveryMin ? _lookEveryMin : every > _lookEveryMax ? _lookEveryMax : every;
    }

    private static string? Explain(Exception? error) => error switch
    {
        null => null,
        StoreRefusedException or HostRefusedException => error.Message,
        AddressInUseException => "A port is taken. Stop what listens there, or give --grpc-port and --http-port (0 takes any free one).",
        _ => Explain(error.InnerException),
    };

    private sealed class CallersLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
