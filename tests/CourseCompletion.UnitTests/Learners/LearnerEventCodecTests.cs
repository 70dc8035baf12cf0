using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Learners;

public class LearnerEventCodecTests
{
    public static TheoryData<EventKind> Kinds => [.. LearnerEventBuilder.Kinds];

    [Fact]
    public void Read_AnyEventWritten_GivesItBack() => LearnerEventGen.Wild().Sample(
        e =>
        {
            Assert.Null(LearnerEventRules.Check(e));

            Assert.Equal(e, Read(Written(e)));
        },
        iter: 2_000);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Read_EveryKind_GivesItBack(EventKind kind)
    {
        var e = LearnerEventBuilder.Event(kind);

        Assert.Equal(e, Read(Written(e)));
    }

    // A frame written by a newer release must stop an older one with a reason, not fault it somewhere in the fold.
    [Theory]
    [InlineData(0)]
    [InlineData((int)LearnerEventRules.NewestKind + 1)]
    [InlineData(255)]
    public void Read_KindOfANewerRelease_Throws(int kind)
    {
        var e = LearnerEventBuilder.Event(EventKind.Liked) with { Kind = (EventKind)kind };
        var payload = new LearnerFrame(1, e.OccurredAtMs, 1, "prior-1", [e], null, []).Encode(new PayloadWriter());

        Assert.Throws<StoreCorruptException>(() => LearnerFrame.Decode(payload));
    }

    [Fact]
    public void Read_FamilyOfANewerRelease_Throws()
    {
        var e = LearnerEventBuilder.Event(EventKind.ActivityRecorded) with { Family = ActivityFamily.Other + 1 };
        var payload = new LearnerFrame(1, e.OccurredAtMs, 1, "prior-1", [e], null, []).Encode(new PayloadWriter());

        Assert.Throws<StoreCorruptException>(() => LearnerFrame.Decode(payload));
    }

    [Fact]
    public void Read_FieldOfANewerRelease_Throws()
    {
        // The field bits of this event, count and family, take two bytes behind the kind; the next bit makes them three.
        var written = Written(LearnerEventBuilder.Event(EventKind.ActivityRecorded));
        var to = new PayloadWriter();
        to.Byte(written[0]);
        to.UInt((1 << 8) | (1 << 13));
        Assert.Equal(to.Written, written.AsSpan(0, 3));
        to.Clear();
        to.Byte(written[0]);
        to.UInt((1 << 8) | (1 << 13) | (1 << 14));
        var payload = StoredBytes.WithChecksum([.. to.Written, .. written[3..^8]]);

        Assert.Throws<StoreCorruptException>(() => Read(payload));
    }

    private static byte[] Written(LearnerEvent e)
    {
        var to = new PayloadWriter();
        LearnerEventCodec.Write(to, e);
        return to.Finish();
    }

    private static LearnerEvent Read(byte[] payload)
    {
        var from = PayloadReader.Open(payload, "event");
        var e = LearnerEventCodec.Read(ref from);
        Assert.True(from.IsAtEnd);
        return e;
    }
}
