using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Gateway.Recommendations;
using CourseCompletion.Grains.Abstractions.Recommendations;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Recommendations;

public class NextClipReadingTests
{
    private readonly FakeLearner _learner = new FakeLearners()["l1"];

    [Fact]
    public async Task ReadAsync_Known_IsShownFiveAtATime()
    {
        _learner.NextClips = [.. Enumerable.Range(1, 7).Select(i => new NextClipView($"x{i}", "X", LessonKind.Quiz, 200_000, 80_500, NextClipReason.Overdue, "was due 7 days ago", 0.5))];

        var clips = (await ReadAsync("c1", 0)).ToList();

        Assert.Equal(5, clips.Count);
        Assert.Equal(
            new Wire.NextClip
            {
                LessonId = "x1",
                Title = "X",
                Kind = Wire.LessonKind.Quiz,
                LengthSeconds = 200,
                StartSeconds = 80.5,
                Reason = Wire.NextClipReason.Overdue,
                Text = "was due 7 days ago",
                Score = 0.5,
            },
            clips[0]);
        Assert.Equal(7, (await ReadAsync("c1", 20)).Count());
    }

    [Theory]
    [InlineData("c1", 21, "limit")]
    [InlineData("c1", -1, "limit")]
    [InlineData("", 5, "course_id")]
    public async Task ReadAsync_Malformed_NamesTheField(string course, int limit, string field)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(course, limit));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(field, Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task ReadAsync_NoEnrolment_IsNotFound() => Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => ReadAsync("c1", 5))).StatusCode);

    [Fact]
    public void Reasons_AllOfThem_HaveTheWiresNumbersAndNames() =>
        Assert.Equal(Enum.GetValues<NextClipReason>().Select(reason => (reason.ToString(), (int)reason)), Enum.GetValues<Wire.NextClipReason>().Skip(1).Select(reason => (reason.ToString(), (int)reason)));

    private Task<IEnumerable<Wire.NextClip>> ReadAsync(string course, int limit) =>
        NextClipReading.ReadAsync(_learner, new() { LearnerId = "l1", CourseId = course, Limit = limit }, new FakeCall());
}
