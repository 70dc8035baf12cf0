using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Campaigns.Delivery;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Delivery;

public class DeadLettersCodecTests
{
    private static readonly Gen<DeadLetter> _letter = Gen.Select(Gen.Int[0, 30], Gen.Byte[1, 3], Gen.Long[0, 1L << 40], Gen.Int[0, 300]).Select((nudge, channel, at, attempts) =>
        Letter($"nudge-{nudge}", (NudgeChannel)channel) with { End = new((NudgeChannel)channel, DeliveryStatus.GivenUp, at, attempts, "http 503") });

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
    public void Decode_Format1_StillMeansTheSame()
    {
        var letters = new DeadLetters();
        DeadLetterRules.Take(letters, [Letter("gone"), Letter("课程-1", NudgeChannel.Email), Letter("nudge-2")], lettersMax: 2);
        var stored = GoldenFile.Read("dead-letters.v1.bin", nameof(DeadLettersCodec), DeadLettersCodec.Encode(letters));
        var read = DeadLettersCodec.Decode(stored);

        Assert.Equal((4, 1), (read.NextSequence, read.Overflowed));
        Assert.Equal(letters.All, read.All);
    }

    private static DeadLetter Letter(string nudge, NudgeChannel channel = NudgeChannel.Webhook) =>
        new(nudge, new("ада"), "daily", "daily/2026-03-01", new(channel, DeliveryStatus.Refused, 1_772_000_000_000, 3, "http 410"));
}
