using CourseCompletion.Domain.Campaigns.Channels;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>The stored layout of a tenant's dead letters.</summary>
public static class DeadLettersCodec
{
    private const byte Format = 1;

    /// <summary>Encodes letters.</summary>
    public static byte[] Encode(DeadLetters letters)
    {
        var to = new PayloadWriter(4096);
        to.Byte(Format);
        to.Int(letters.NextSequence);
        to.Int(letters.Overflowed);
        to.UInt((uint)letters.Count);
        foreach (var (sequence, letter) in letters.All)
        {
            to.Int(sequence);
            to.Text(letter.NudgeId);
            to.Text(letter.Learner.Value);
            to.Text(letter.Campaign);
            to.Text(letter.Occurrence);
            WriteEnd(to, letter.End);
        }

        return to.Finish();
    }

    /// <summary>Decodes letters.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static DeadLetters Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "list of dead letters");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("Dead letters have a format that this release does not know: run the release that wrote them, or a newer one.");
        }

        var letters = new DeadLetters { NextSequence = from.Int(), Overflowed = from.Int() };
        for (var left = from.Count(); left > 0; left--)
        {
            letters.Put(from.Int(), new(from.Text(), new(from.Text()), from.Text(), from.Text(), ReadEnd(ref from)));
        }

        return letters;
    }

    private static void WriteEnd(PayloadWriter to, DeliveryEnd end)
    {
        to.Byte((byte)end.Channel);
        to.Byte((byte)end.Status);
        to.Int(end.AtMs);
        to.UInt((uint)end.Attempts);
        to.Text(end.Reason);
    }

    private static DeliveryEnd ReadEnd(ref PayloadReader from) =>
        new((NudgeChannel)from.Byte(), (DeliveryStatus)from.Byte(), from.Int(), (int)from.UInt(), from.Text());
}
