using System.Net;
using CourseCompletion.Gateway;
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

    /// <summary>Maps what the role serves: a silo without gateway has its health pages only.</summary>
    public static void MapRole(this WebApplication app, HostRole role)
    {
        app.UseRouting();
        var network = Bound(app.Configuration);
        if (!IPAddress.IsLoopback(AddressRule.Resolve(network)))
        {
            LogTrusted(app.Logger, network.Address);
        }

        if (role.HasFlag(HostRole.Gateway))
        {
            app.MapGateway();
        }
        else
        {
            app.MapHealthPages();
        }
    }

    internal static NetworkOptions Bound(IConfiguration configuration) =>
        configuration.GetSection(NetworkOptions.SectionName).Get<NetworkOptions>() ?? new();

    [LoggerMessage(
        EventId = 1001,
        Level = LogLevel.Warning,
        Message = "Listening on {Address} without TLS and authentication, as Network:TrustedNetwork permits: whoever reaches it can read and change everything")]
    private static partial void LogTrusted(ILogger logger, string address);
}
