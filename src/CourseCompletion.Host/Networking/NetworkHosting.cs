using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using CourseCompletion.Gateway;
using CourseCompletion.Host.Health;
using CourseCompletion.Host.Telemetry;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CourseCompletion.Host.Networking;

/// <summary>Opens the ports that a role needs.</summary>
internal static partial class NetworkHosting
{
    /// <summary>Sets up Kestrel. Cleartext HTTP/2 and HTTP/1.1 cannot share a port: a client could not say which it speaks.</summary>
    public static HostRole AddNetwork(this WebApplicationBuilder builder)
    {
        var role = builder.Configuration.GetValue("Role", HostRole.All);
        builder.Services.AddOptions<NetworkOptions>()
            .Bind(builder.Configuration.GetSection(NetworkOptions.SectionName))
            .ValidateDataAnnotations()
            .ValidateOnStart();
        var network = Bound(builder.Configuration);
        var address = AddressRule.Resolve(network);
        var addresses = new HostAddresses();
        builder.Services.AddSingleton(addresses);
        builder.Services.AddHostFiltering(filter => filter.AllowedHosts = ["localhost", "127.0.0.1", "[::1]", TextOf(address)]);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.Http2.KeepAlivePingDelay = network.KeepAlivePingDelay;
            kestrel.Limits.Http2.KeepAlivePingTimeout = network.KeepAlivePingTimeout;
            kestrel.Limits.Http2.MaxStreamsPerConnection = network.StreamsPerConnectionMax;
            if (role.HasFlag(HostRole.Gateway))
            {
                kestrel.Listen(address, network.GrpcPort, endpoint =>
                {
                    endpoint.Protocols = HttpProtocols.Http2;
                    addresses.ListensForGrpc(endpoint);
                });
            }

            kestrel.Listen(address, network.HttpPort, endpoint =>
            {
                endpoint.Protocols = HttpProtocols.Http1;
                addresses.ListensForHttp(endpoint);
            });
        });
        return role;
    }

    /// <summary>Maps what the role serves: a silo without gateway has its health and metrics only.</summary>
    public static void MapRole(this WebApplication app, HostRole role)
    {
        var network = Bound(app.Configuration);
        app.UseOwnNamesOnly(network);
        app.UseRouting();
        if (!IPAddress.IsLoopback(AddressRule.Resolve(network)))
        {
            LogTrusted(app.Logger, network.Address);
        }

        if (role.HasFlag(HostRole.Gateway))
        {
            app.MapGateway();
        }

        app.MapHealth();
        app.MapTelemetry();
    }

    /// <summary>The options as they are set, before any service has them.</summary>
    /// <exception cref="HostRefusedException">A value is out of its range; ports would otherwise be opened with it before the options are validated.</exception>
    internal static NetworkOptions Bound(IConfiguration configuration)
    {
        var network = configuration.GetSection(NetworkOptions.SectionName).Get<NetworkOptions>() ?? new();
        var faults = new List<ValidationResult>();
        return Validator.TryValidateObject(network, new(network), faults, validateAllProperties: true)
            ? network
            : throw new HostRefusedException(string.Join(Environment.NewLine, faults.Select(fault => fault.ErrorMessage)));
    }

    private static string TextOf(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : $"{address}";

    // A web page may point its own name at this machine and so read what it may not: a browser then sends that name.
    private static void UseOwnNamesOnly(this WebApplication app, NetworkOptions network)
    {
        var address = AddressRule.Resolve(network);
        if (IPAddress.IsLoopback(address))
        {
            app.UseWhen(context => HttpProtocol.IsHttp11(context.Request.Protocol), http => http.UseHostFiltering());
        }
    }

    [LoggerMessage(
        EventId = 1001,
        Level = LogLevel.Warning,
        Message = "Listening on {Address} without TLS and authentication, as Network:TrustedNetwork permits: whoever reaches it can read and change everything")]
    private static partial void LogTrusted(ILogger logger, string address);
}
