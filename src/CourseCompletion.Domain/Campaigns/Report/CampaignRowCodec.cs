using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>The layout of a row of a campaign's tally; about 100 bytes, and up to 400 more where the campaign sends on expected gain.</summary>
public static class CampaignRowCodec
{
    private const byte Format = 2;
    private const byte FormatWithoutDraws = 1;

    /// <summary>Encodes a row.</summary>
    public static byte[] Encode(CampaignRow row)
    {
        var to = new PayloadWriter(192);
        to.Byte(Format);
        to.Text(row.Learner.Value);
        to.Int(row.Version.Incarnation);
        to.Int(row.Version.Sequence);
        to.Int(row.CompletedAtMs);
        NudgeLogCodec.WriteMembership(to, row.Membership);
        return to.Finish();
    }

    /// <summary>Decodes a row.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CampaignRow Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "campaign row");
        var format = from.Byte();
        if (format is < FormatWithoutDraws or > Format)
        {
            throw new StoreCorruptException("A campaign's row has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (learner, incarnation, sequence, completedAtMs) = (new LearnerId(from.Text()), from.Int(), from.Int(), from.Int());
        return new(learner, new(incarnation, sequence, 0), NudgeLogCodec.ReadMembership(ref from, hasDraws: format > FormatWithoutDraws), completedAtMs);
    }
}
