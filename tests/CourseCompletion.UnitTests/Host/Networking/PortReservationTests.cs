using System.Net;
using System.Net.Sockets;
using CourseCompletion.Host.Networking;
using Xunit;

namespace CourseCompletion.UnitTests.Host.Networking;

public class PortReservationTests
{
    [Fact]
    public void From_AskedTwice_NeverGivesTheSamePort()
    {
        var first = PortReservation.Any(IPAddress.Loopback);

        Assert.NotEqual(PortReservation.From(IPAddress.Loopback, first), PortReservation.From(IPAddress.Loopback, first));
    }

    [Fact]
    public void From_PortInUse_GivesAnother()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var taken = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.NotEqual(taken, PortReservation.From(IPAddress.Loopback, taken));
    }
}
