using CourseCompletion.Channels;
using CourseCompletion.Gateway;
using CourseCompletion.Host.Clustering;
using CourseCompletion.Host.Health;
using CourseCompletion.Host.Networking;
using CourseCompletion.Host.Telemetry;

namespace CourseCompletion.Host;

/// <summary>The server, as a table of contents. Also started inside other processes: the demo, benchmarks and tests.</summary>
public static class HostProgram
{
    /// <summary>Makes a host that is not started yet. <see cref="HostAddresses"/> in its services says where it listens once it is.</summary>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = "CourseCompletion.Host", ContentRootPath = AppContext.BaseDirectory });
        builder.AddConfigurationSources(args);
        builder.AddConsoleLog();
        builder.AddTelemetry();
        var role = builder.AddNetwork();
        if (role.HasFlag(HostRole.Silo))
        {
            builder.AddSilo();
        }
        else
        {
            builder.AddClusterClient();
        }

        builder.Services.AddChannels(builder.Configuration);
        builder.Services.AddGateway(builder.Configuration);
        builder.AddHealth(role);
        configure?.Invoke(builder);
        var app = builder.Build();
        app.MapRole(role);
        return app;
    }

    /// <summary>Runs a host until SIGTERM or Ctrl+C; returns the exit code.</summary>
    public static Task<int> RunAsync(string[] args) => HostRun.UntilStoppedAsync(() => Build(args));
}
