using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace CourseCompletion.Host.Networking;

/// <summary>On which addresses the server may listen while traffic is neither encrypted nor authenticated.</summary>
internal static class AddressRule
{
    /// <summary>The address to listen on.</summary>
    /// <exception cref="HostRefusedException">The address is none, or must not be used as the options stand.</exception>
    public static IPAddress Resolve(NetworkOptions network)
    {
        var address = Parse(network.Address);
        if (IPAddress.IsLoopback(address))
        {
            return address;
        }

        if (!IsPrivate(address))
        {
            throw new HostRefusedException(
                $"Network:Address is {address}: this release has neither TLS nor authentication, so it listens on loopback addresses (127.0.0.1) and, with "
                + "Network:TrustedNetwork=true, on private ones (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7) only. Put a proxy with both in front.");
        }

        return network.TrustedNetwork
            ? address
            : throw new HostRefusedException(
                $"Network:Address is {address}, but traffic is neither encrypted nor authenticated. Set Network:Address to 127.0.0.1, or, on a network that nobody "
                + "else can reach, set Network:TrustedNetwork=true.");
    }

    internal static bool IsPrivate(IPAddress address)
    {
        if (address.AddressFamily == AddressFamily.InterNetworkV6)
        {
            return address.IsIPv4MappedToIPv6 ? IsPrivate(address.MapToIPv4()) : address.IsIPv6LinkLocal || address.IsIPv6UniqueLocal;
        }

        var bytes = address.GetAddressBytes();
        return bytes[0] == 10
            || (bytes[0] == 172 && bytes[1] is >= 16 and <= 31)
            || (bytes[0] == 192 && bytes[1] == 168)
            || (bytes[0] == 169 && bytes[1] == 254);
    }

    private static IPAddress Parse(string text)
    {
        if (text.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return IPAddress.Loopback;
        }

        if (text.Equals("private", StringComparison.OrdinalIgnoreCase))
        {
            return FirstPrivate() ?? throw new HostRefusedException("Network:Address is 'private', but this machine has no private IPv4 address: name one.");
        }

        return IPAddress.TryParse(text, out var address)
            ? address
            : throw new HostRefusedException($"Network:Address is '{text}': set it to an IP address such as 127.0.0.1, or to 'private'.");
    }

    private static IPAddress? FirstPrivate() =>
        NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && IsPrivate(address));
}
