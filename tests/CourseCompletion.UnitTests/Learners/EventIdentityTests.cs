using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class EventIdentityTests
{
    // Few letters, so that some pairs are equal and others only look so when written together.
    private static readonly Gen<string> _similar = Gen.String[Gen.Char['a', 'b'], 1, 3];

    [Fact]
    public void Of_AnyPairs_AreEqualOnlyForEqualPairs() => Gen.Select(_similar, _similar, _similar, _similar).Sample(
        (a, b, c, d) => Assert.Equal((a, b) == (c, d), EventIdentity.Of(a, b) == EventIdentity.Of(c, d)), iter: 1_000);

    [Fact]
    public void Of_IdsOfAnyLength_IsTheHashOfBothWithAZeroBetween() => Gen.Select(LearnerEventGen.Id, LearnerEventGen.Text).Sample((source, eventId) =>
        Assert.Equal(
            XxHash128.HashToUInt128([.. Encoding.UTF8.GetBytes(source), 0, .. Encoding.UTF8.GetBytes(eventId)]),
            EventIdentity.Of(source, eventId)));

    [Fact]
    public void Of_TheSameLettersSplitElsewhere_IsAnother() => Assert.NotEqual(EventIdentity.Of("ab", "c"), EventIdentity.Of("a", "bc"));

    // Identities are stored: they must never change.
    [Theory]
    [InlineData("app", "e1", "acaebaa8d15dd641a2f72913b887025f")]
    [InlineData("веб", "课程/😀", "98b43962924522e49da4fc458ee43a14")]
    public void Of_FixedPairs_NeverChanges(string source, string eventId, string expected) => Assert.Equal(expected, $"{EventIdentity.Of(source, eventId):x32}");

    [Fact]
    public void CompareTo_AnyOrders_IsByTimeThenIdentity() =>
        Gen.Select(Gen.Long[-3, 3], Gen.UInt128[0, 3], Gen.Long[-3, 3], Gen.UInt128[0, 3]).Sample((timeA, identityA, timeB, identityB) =>
        {
            var (a, b) = (new EventOrder(timeA, identityA), new EventOrder(timeB, identityB));
            var expected = (timeA, identityA).CompareTo((timeB, identityB));

            Assert.Equal(Math.Sign(expected), Math.Sign(a.CompareTo(b)));
            Assert.Equal((expected > 0, expected < 0, expected >= 0, expected <= 0), (a > b, a < b, a >= b, a <= b));
        });
}
