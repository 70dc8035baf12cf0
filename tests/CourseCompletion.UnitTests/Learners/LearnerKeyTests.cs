using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerKeyTests
{
    [Fact]
    public void For_AnyIds_CanBeReadBack() => Gen.Select(LearnerEventGen.Id, LearnerEventGen.Id).Sample(
        (tenant, learner) =>
        {
            var key = LearnerKey.For(new TenantId(tenant), new LearnerId(learner));
            var parsed = LearnerKey.Parse(key.Value);

            Assert.Equal(key, parsed);
            Assert.Equal((tenant, learner), (parsed.Tenant.Value, parsed.Learner.Value));
        },
        iter: 1_000);

    // Ids that would run together if they were not encoded.
    private static readonly Gen<string> _similar = Gen.OneOf("a", "a/a", "a/a/a", "a%2Fa", "%2F", "/");

    [Fact]
    public void For_AnyPairs_AreEqualOnlyForEqualPairs() => Gen.Select(_similar, _similar, _similar, _similar).Sample(
        (a, b, c, d) => Assert.Equal((a, b) == (c, d), LearnerKey.For(new(a), new(b)) == LearnerKey.For(new(c), new(d))), iter: 2_000);

    [Theory]
    [InlineData("plain", "default/plain")]
    [InlineData("a/b", "default/a%2Fb")]
    [InlineData("%2F", "default/%252F")]
    [InlineData("é", "default/%C3%A9")]
    public void For_Id_IsPercentEncoded(string learner, string key) => Assert.Equal(key, LearnerKey.For(TenantId.Default, new(learner)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("learner")]
    [InlineData("/learner")]
    [InlineData("tenant/")]
    [InlineData("tenant/learner/more")]
    public void Parse_NotAKey_Throws(string text) => Assert.Throws<FormatException>(() => LearnerKey.Parse(text));

    [Fact]
    public void Partition_AnyLearner_IsOneOfTheCount() => Gen.Select(LearnerEventGen.Id, Gen.Int[1, 100]).Sample((id, count) =>
        Assert.InRange(LearnerKey.For(TenantId.Default, new(id)).Partition(count), 0, count - 1));
}
