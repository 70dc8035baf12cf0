using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace CourseCompletion.Host.Networking;

/// <summary>Finds free ports, so that several hosts run on one machine without being told.</summary>
internal static class PortReservation
{
    private const int PreferredCount = 100;

    // Held until the process ends, however it ends: two hosts that start together never choose the same preferred port.
    private static readonly List<FileStream> _held = [];

    /// <summary>Any free port.</summary>
    public static int Any(IPAddress address)
    {
        using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(address, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>The first free port from <paramref name="first"/> on: after a restart most likely the same one.</summary>
    public static int From(IPAddress address, int first)
    {
        for (var port = first; port < first + PreferredCount; port++)
        {
            if (TryHold(port) && IsFree(address, port))
            {
                return port;
            }
        }

        return Any(address);
    }

    private static bool TryHold(int port)
    {
        try
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"coursecompletion-port-{port}.lock");
            _held.Add(new(Path.Combine(Path.GetTempPath(), name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsFree(IPAddress address, int port)
    {
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(address, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
