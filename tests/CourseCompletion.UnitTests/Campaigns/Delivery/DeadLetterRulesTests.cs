using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Learners;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Delivery;

public class DeadLetterRulesTests
{
    [Fact]
    public void Take_MoreThanThereIsRoomFor_LosesTheOldestAndCountsThem()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [.. Enumerable.Range(0, 13).Select(i => Letter($"{i}"))], lettersMax: 10);

        Assert.Equal((10, 3), (letters.Count, letters.Overflowed));
        Assert.Equal(Enumerable.Range(3, 10).Select(i => $"{i}"), letters.All.Select(letter => letter.Letter.NudgeId));
    }

    [Fact]
    public void Take_SameNudgeAgain_KeepsTheNewerOnly()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("a"), Letter("b"), Letter("a") with { Campaign = "later" }, Letter("a", NudgeChannel.Email)]);

        Assert.Equal([(2, "b"), (3, "a"), (4, "a")], letters.All.Select(letter => ((int)letter.Sequence, letter.Letter.NudgeId)));
        Assert.Equal("later", letters.Find(3)!.Campaign);
    }

    [Fact]
    public void List_PageByPage_ShowsEveryLetterOnce()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [.. Enumerable.Range(0, 25).Select(i => Letter($"{i}"))]);
        var seen = new List<string>();
        for (var page = DeadLetterRules.List(letters, 0, 10); page.Count > 0; page = DeadLetterRules.List(letters, page[^1].Sequence, 10))
        {
            seen.AddRange(page.Select(letter => letter.Letter.NudgeId));
        }

        Assert.Equal(Enumerable.Range(0, 25).Select(i => $"{i}"), seen);
    }

    [Theory]
    [InlineData(int.MinValue, 1)]
    [InlineData(0, 1)]
    [InlineData(int.MaxValue, DeadLetterRules.PageMax)]
    public void List_LimitOutsideItsRange_IsMovedIntoIt(int limit, int listed)
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [.. Enumerable.Range(0, DeadLetterRules.PageMax + 1).Select(i => Letter($"{i}"))]);

        Assert.Equal(listed, DeadLetterRules.List(letters, 0, limit).Count);
    }

    [Fact]
    public void Drop_SomeThatAreThere_CountsThose()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("a"), Letter("b")]);

        Assert.Equal(1, DeadLetterRules.Drop(letters, [2, 2, 7]));
        Assert.Equal("a", Assert.Single(letters.All).Letter.NudgeId);
        DeadLetterRules.Take(letters, [Letter("b")]);
        Assert.Equal(3, letters.All.Last().Sequence);
    }

    [Theory]
    [InlineData(0, RejectionReason.MissingField)]
    [InlineData(1, null)]
    [InlineData(DeadLetterRules.PageMax, null)]
    [InlineData(DeadLetterRules.PageMax + 1, RejectionReason.LimitExceeded)]
    public void CheckNamed_Count_IsFromOneToAPage(int count, RejectionReason? expected) =>
        Assert.Equal(expected, DeadLetterRules.CheckNamed([.. Enumerable.Range(0, count).Select(i => (long)i)])?.Reason);

    [Fact]
    public void Find_SequencesTwiceOrUnknown_GivesEachLetterOnce()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("a"), Letter("b")]);

        Assert.Equal([2L, 1L], DeadLetterRules.Find(letters, [2, 9, 1, 2]).Select(kept => kept.Sequence));
    }

    private static DeadLetter Letter(string nudge, NudgeChannel channel = NudgeChannel.Webhook) =>
        new(nudge, new("ада"), "daily", "daily/2026-03-01", new(channel, DeliveryStatus.Refused, 1_772_000_000_000, 3, "http 410"));
}
