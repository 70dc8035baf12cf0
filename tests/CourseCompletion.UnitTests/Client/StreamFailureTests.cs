using CourseCompletion.Client.Streams;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Client;

public class StreamFailureTests
{
    [Fact]
    public void From_AConnectionThatClosedBehindTheStream_IsUnavailable()
    {
        var closed = new HttpProtocolException(0, "The HTTP/2 server closed the connection.", null);

        Assert.Equal((StatusCode.Unavailable, false), Of(new Status(StatusCode.Internal, "closed", closed)));
        Assert.Equal((StatusCode.Unavailable, false), Of(new Status(StatusCode.Internal, "closed", new HttpRequestException("closed", closed))));
    }

    [Fact]
    public void From_AnErrorOfTheServer_StaysInternal()
    {
        Assert.Equal((StatusCode.Internal, false), Of(new Status(StatusCode.Internal, "a bug")));
        Assert.Equal((StatusCode.Internal, false), Of(new Status(StatusCode.Internal, "a bug", new InvalidOperationException())));
    }

    private static (StatusCode Status, bool IsFinal) Of(Status status) => StreamFailure.From(new RpcException(status)) is var failure ? (failure.Status, failure.IsFinal) : default;
}
