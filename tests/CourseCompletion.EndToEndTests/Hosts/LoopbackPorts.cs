using System.Net;
using System.Net.Sockets;

namespace CourseCompletion.EndToEndTests.Hosts;

/// <summary>Free ports below the range from which the system takes the ports of outgoing connections, so that a host finds its own again after a restart.</summary>
internal static class LoopbackPorts
{
    private const int First = 12_000;
    private const int Last = 29_999;
    private static readonly HashSet<int> _taken = [];

    public static int Take()
    {
        lock (_taken)
        {
            while (true)
            {
                var port = Random.Shared.Next(First, Last + 1);
                if (IsFree(port) && _taken.Add(port))
                    return port;
            }
        }
    }

    private static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
