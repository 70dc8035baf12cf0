using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Delivery;

public class DeadLetterRulesTests
{
    private static readonly Gen<DeadLetter> _letter = Gen.Select(Gen.Int[0, 30], Gen.Byte[1, 3], Gen.Long[0, 1L << 40], Gen.Int[0, 300]).Select((nudge, channel, at, attempts) =>
        Letter($"nudge-{nudge}", (NudgeChannel)channel) with { End = new((NudgeChannel)channel, DeliveryStatus.GivenUp, at, attempts, "http 503") });

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
        for (IReadOnlyList<KeptDeadLetter> page = DeadLetterRules.List(letters, 0, 10); page.Count > 0; page = DeadLetterRules.List(letters, page[^1].Sequence, 10))
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

    [Fact]
    public void Decode_AnyLettersEncoded_GivesThemBack() => Gen.Select(_letter.Array[0, 40], Gen.Int[1, 20]).Sample((taken, max) =>
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, taken, max);
        var read = DeadLettersCodec.Decode(DeadLettersCodec.Encode(letters));

        Assert.Equal(letters.All, read.All);
        Assert.Equal((letters.NextSequence, letters.Overflowed), (read.NextSequence, read.Overflowed));
    });

    [Fact]
    public void Decode_Damage_IsNoticed()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("a"), Letter("b")]);

        StoredBytes.AssertEveryDamageIsNoticed(DeadLettersCodec.Encode(letters), damaged => DeadLettersCodec.Decode(damaged));
        Assert.Throws<StoreCorruptException>(() => DeadLettersCodec.Decode(StoredBytes.OfFormat(2, DeadLettersCodec.Encode(letters))));
    }

    [Fact]
    public void DeadLetters_Format1_StillMeansTheSame()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("gone"), Letter("课程-1", NudgeChannel.Email), Letter("nudge-2")], lettersMax: 2);
        var stored = GoldenFile.Read("dead-letters.v1.bin", nameof(DeadLettersCodec), DeadLettersCodec.Encode(letters));
        var read = DeadLettersCodec.Decode(stored);

        Assert.Equal((4, 1), (read.NextSequence, read.Overflowed));
        Assert.Equal(letters.All, read.All);
    }

    [Theory]
    [InlineData("default", "default")]
    [InlineData("a/b 学", "a%2Fb%20%E5%AD%A6")]
    public void DeadLetterKey_AnyTenant_IsWrittenAndReadBack(string tenant, string text)
    {
        Assert.Equal(text, DeadLetterKey.For(new(tenant)).Value);
        Assert.Equal(tenant, DeadLetterKey.Parse(text).Tenant.Value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("%61")]
    public void DeadLetterKey_TextThatForDoesNotWrite_Throws(string text) => Assert.Throws<FormatException>(() => DeadLetterKey.Parse(text));

    private static DeadLetter Letter(string nudge, NudgeChannel channel = NudgeChannel.Webhook) =>
        new(nudge, new("ада"), "daily", "daily/2026-03-01", new(channel, DeliveryStatus.Refused, 1_772_000_000_000, 3, "http 410"));
}
