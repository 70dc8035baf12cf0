using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Host.Networking;

/// <summary>Where the server listens: configuration section <c>Network</c>.</summary>
public sealed class NetworkOptions
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string SectionName = "Network";

    /// <summary>
    /// The address to listen on and, in a cluster, to be found at. Default <c>127.0.0.1</c>. <c>private</c> stands for the machine's first private IPv4 address.
    /// Anything but a loopback address needs <see cref="TrustedNetwork"/>.
    /// </summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Network:Address must be an IP address such as 127.0.0.1.")]
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>The port for gRPC (HTTP/2 without TLS). Default 5080; 0 takes any free port.</summary>
    [Range(0, 65535, ErrorMessage = "Network:GrpcPort must lie between 0 (any free port) and 65535.")]
    public int GrpcPort { get; set; } = 5080;

    /// <summary>The port for HTTP/1.1: JSON, gRPC-Web, health and pages. Default 5081; 0 takes any free port.</summary>
    [Range(0, 65535, ErrorMessage = "Network:HttpPort must lie between 0 (any free port) and 65535.")]
    public int HttpPort { get; set; } = 5081;

    /// <summary>The port between silos. Default 0: any free port, in a cluster preferably from 11111 on, so that a restarted silo comes back where it was.</summary>
    [Range(0, 65535, ErrorMessage = "Network:SiloPort must lie between 0 (any free port) and 65535.")]
    public int SiloPort { get; set; }

    /// <summary>The port at which silos take calls of Orleans clients: gateways and .NET backends. Default 0, as for <see cref="SiloPort"/>, from 30000 on.</summary>
    [Range(0, 65535, ErrorMessage = "Network:OrleansGatewayPort must lie between 0 (any free port) and 65535.")]
    public int OrleansGatewayPort { get; set; }

    /// <summary>
    /// Permits private addresses although traffic is neither encrypted nor authenticated. Default false. Only for networks that nobody else can reach, such as
    /// one behind a network policy.
    /// </summary>
    public bool TrustedNetwork { get; set; }

    /// <summary>How often idle connections are probed. Default 30 seconds, from 1 second to 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "Network:KeepAlivePingDelay must lie between 00:00:01 and 01:00:00.")]
    public TimeSpan KeepAlivePingDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a probed connection may stay silent. Default 20 seconds, from 1 second to 10 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ErrorMessage = "Network:KeepAlivePingTimeout must lie between 00:00:01 and 00:10:00.")]
    public TimeSpan KeepAlivePingTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Calls and streams that one connection may have open. Default 1,000, from 1 to 100,000.</summary>
    [Range(1, 100_000, ErrorMessage = "Network:StreamsPerConnectionMax must lie between 1 and 100000.")]
    public int StreamsPerConnectionMax { get; set; } = 1000;
}
