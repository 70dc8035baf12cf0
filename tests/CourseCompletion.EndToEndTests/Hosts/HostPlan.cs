using System.Net;
using CourseCompletion.Host;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>What a host is to be, and where.</summary>
public sealed record HostPlan
{
    public HostRole Role { get; init; } = HostRole.All;

    /// <summary>Settings as on the command line.</summary>
    public string[] Settings { get; init; } = [];

    /// <summary>Where the built server is that is started at first; null for the one beside the tests.</summary>
    public string? ProgramDirectory { get; init; }

    /// <summary>Where everything is kept; null for a directory that is gone with the host.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Where it listens.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The Linux network namespace that it runs in; null for that of the tests.</summary>
    public string? NetworkNamespace { get; init; }
}
