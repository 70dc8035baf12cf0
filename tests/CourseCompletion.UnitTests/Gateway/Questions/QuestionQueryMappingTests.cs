using CourseCompletion.Domain.Questions;
using CourseCompletion.Gateway.Questions;
using CourseCompletion.Grains.Abstractions.Questions;
using Google.Rpc;
using Grpc.Core;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Questions;

public class QuestionQueryMappingTests
{
    [Fact]
    public void From_EachField_IsAskedFor()
    {
        var request = new Wire.ListQuestionsRequest
        {
            CourseId = "c1",
            Filter = Wire.QuestionFilter.Unaccepted,
            LessonId = "l1",
            OrderBy = Wire.QuestionOrder.Votes,
            PageSize = 7,
            LearnerId = "ana",
        };

        Assert.Equal(new QuestionQuery(QuestionFilter.Unaccepted, "l1", QuestionOrder.Votes, 7, null, "ana"), QuestionQueryMapping.From(request));
    }

    [Fact]
    public void From_Nothing_IsFiftyOfAll() =>
        Assert.Equal(new QuestionQuery(QuestionFilter.All, "", QuestionOrder.Newest, 50, null), QuestionQueryMapping.From(new()));

    [Theory]
    [InlineData("""{"pageSize": 101}""", "page_size")]
    [InlineData("""{"filter": 5}""", "filter")]
    [InlineData("""{"orderBy": -1}""", "order_by")]
    [InlineData("""{"pageToken": "no token"}""", "page_token")]
    [InlineData("""{"learnerId": "an\u0000a"}""", "learner_id")]
    public void From_Malformed_NamesTheField(string json, string field)
    {
        var error = Assert.Throws<RpcException>(() => QuestionQueryMapping.From(Wire.ListQuestionsRequest.Parser.ParseJson(json)));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal(field, Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public void Filters_AllOfThem_HaveTheWiresNumbers() =>
        Assert.Equal(Enum.GetValues<QuestionFilter>().Select(filter => (int)filter), Enum.GetValues<Wire.QuestionFilter>().Select(filter => (int)filter));
}
