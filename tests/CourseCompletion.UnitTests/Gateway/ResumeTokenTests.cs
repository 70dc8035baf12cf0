using CourseCompletion.Gateway;
using CourseCompletion.Grains.Abstractions.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

public class ResumeTokenTests
{
    [Fact]
    public void LearnerVersion_OfAToken_IsTheVersion() =>
        Gen.Select(Gen.Long, Gen.Long).Sample((incarnation, sequence) =>
            Assert.Equal(new(incarnation, sequence), ResumeToken.LearnerVersion(ResumeToken.Of(new LearnerVersion(incarnation, sequence)))));

    [Fact]
    public void Revision_OfAToken_IsTheRevision() => Gen.Long.Sample(revision => Assert.Equal(revision, ResumeToken.Revision(ResumeToken.Of(revision))));

    [Fact]
    public void AnyText_IsNoError() => Gen.String.Sample(text =>
    {
        _ = ResumeToken.LearnerVersion(text);
        _ = ResumeToken.Revision(text);
    });

    [Theory]
    [InlineData("")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAEAAAAAAAAA!Q")]
    [InlineData("AAAAAAAAAAEAAAAAAAAAAQAA")]
    public void LearnerVersion_OfAnotherText_IsNone(string token) => Assert.Equal(LearnerVersion.None, ResumeToken.LearnerVersion(token));
}
