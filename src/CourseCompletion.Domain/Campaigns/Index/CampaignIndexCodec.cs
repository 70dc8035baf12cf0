using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Index;

/// <summary>The stored layout of a tenant's index of campaigns: the id and about 20 bytes for each.</summary>
public static class CampaignIndexCodec
{
    private const byte Format = 1;

    /// <summary>Encodes an index.</summary>
    public static byte[] Encode(CampaignIndex index)
    {
        var to = new PayloadWriter(4_096);
        to.Byte(Format);
        to.UInt((uint)index.All.Count);
        foreach (var effect in index.All)
        {
            to.Text(effect.Campaign);
            to.Double(effect.Value);
            to.Double(effect.StandardError);
            to.Int(effect.Units);
        }

        return to.Finish();
    }

    /// <summary>Decodes an index.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CampaignIndex Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "index of campaigns");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("An index of campaigns has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var index = new CampaignIndex();
        for (var left = from.Count(); left > 0; left--)
        {
            var campaign = from.Text();
            index.TryAdd(campaign);
            index.Take(new(campaign, from.Double(), from.Double(), from.Int()));
        }

        return index;
    }
}
