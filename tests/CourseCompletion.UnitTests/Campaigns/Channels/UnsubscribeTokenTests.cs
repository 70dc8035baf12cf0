using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.UnitTests.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Channels;

public class UnsubscribeTokenTests
{
    private const string Secret = "0123456789abcdef";

    private static readonly UnsubscribeClaim _claim = new(new("default"), new("ада/1"), "check_in");

    [Fact]
    public void Read_OwnToken_GivesTheClaimBack() => Gen.Select(LearnerEventGen.Id, LearnerEventGen.Id, LearnerEventGen.Id).Sample((tenant, learner, purpose) =>
    {
        var claim = new UnsubscribeClaim(new(tenant), new(learner), purpose);
        var token = UnsubscribeToken.Make(claim, Secret);

        Assert.Matches("^[A-Za-z0-9_-]+$", token);
        Assert.InRange(token.Length, 1, 1024);
        Assert.Equal(claim, UnsubscribeToken.Read(token, [Secret]));
    });

    [Fact]
    public void Read_AnyOtherCharacterAnywhere_IsRefused()
    {
        var token = UnsubscribeToken.Make(_claim, Secret);
        for (var i = 0; i < token.Length; i++)
        {
            Assert.Null(UnsubscribeToken.Read($"{token[..i]}{(token[i] == 'A' ? 'B' : 'A')}{token[(i + 1)..]}", [Secret]));
            Assert.Null(UnsubscribeToken.Read(token[..i], [Secret]));
            Assert.Null(UnsubscribeToken.Read($"{token[..i]} {token[i..]}", [Secret]));
        }

        Assert.Null(UnsubscribeToken.Read(token + "=", [Secret]));
        Assert.Null(UnsubscribeToken.Read(token + new string('A', 2_000), [Secret]));
    }

    [Fact]
    public void Read_OtherSecret_IsRefused() => Assert.Null(UnsubscribeToken.Read(UnsubscribeToken.Make(_claim, Secret), ["another secret of some length"]));

    [Fact]
    public void Read_SecretReplaced_StillTakesOldLinks() =>
        Assert.Equal(_claim, UnsubscribeToken.Read(UnsubscribeToken.Make(_claim, Secret), ["the new secret, in use now", Secret]));

    [Fact]
    public void Read_NoSecret_IsRefused() => Assert.Null(UnsubscribeToken.Read(UnsubscribeToken.Make(_claim, Secret), []));

    [Fact]
    public void Make_IdsThatShareTheirLetters_GiveDifferentTokens() =>
        Assert.NotEqual(UnsubscribeToken.Make(new(new("a"), new("bc"), "d"), Secret), UnsubscribeToken.Make(new(new("ab"), new("c"), "d"), Secret));
}
