using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace CourseCompletion.Host.Networking;

/// <summary>Where a started host listens, with the ports really taken.</summary>
public sealed class HostAddresses
{
    private ListenOptions? _grpc;
    private ListenOptions? _http;

    /// <summary>The gRPC address (HTTP/2 without TLS).</summary>
    /// <exception cref="InvalidOperationException">The host's role does not serve callers.</exception>
    public Uri Grpc => Address(_grpc);

    /// <summary>The HTTP/1.1 address.</summary>
    public Uri Http => Address(_http);

    /// <summary>What a started host says of itself on standard output.</summary>
    public string ReadyLine =>
        _grpc is null ? $"CourseCompletion is ready: http {Text(Http)}" : $"CourseCompletion is ready: grpc {Text(Grpc)} http {Text(Http)}";

    internal void ListensForGrpc(ListenOptions endpoint) => _grpc = endpoint;

    internal void ListensForHttp(ListenOptions endpoint) => _http = endpoint;

    private static Uri Address(ListenOptions? endpoint) =>
        endpoint?.IPEndPoint is { } at
            ? new Uri($"http://{new IPEndPoint(at.Address, at.Port)}")
            : throw new InvalidOperationException("This host does not listen there.");

    private static string Text(Uri address) => address.GetLeftPart(UriPartial.Authority);
}
