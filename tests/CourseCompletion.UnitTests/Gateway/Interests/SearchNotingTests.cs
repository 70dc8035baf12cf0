using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Interests;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway.Interests;

public class SearchNotingTests
{
    private readonly FakeLearner _learner = new FakeLearners()["l1"];

    [Theory]
    [InlineData(RejectionReason.MissingField, StatusCode.InvalidArgument)]
    [InlineData(RejectionReason.InvalidField, StatusCode.InvalidArgument)]
    [InlineData(RejectionReason.LimitExceeded, StatusCode.ResourceExhausted)]
    public async Task NoteAsync_Refused_SaysWhy(RejectionReason reason, StatusCode code)
    {
        _learner.SearchRefusal = new(reason, "query", "No.");

        var error = await Assert.ThrowsAsync<RpcException>(() => SearchNoting.NoteAsync(_learner, new() { Query = "trees" }, new FakeCall()));

        Assert.Equal(code, error.StatusCode);
        Assert.Null(error.GetRpcStatus()!.GetDetail<RetryInfo>());
    }
}
