using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Scans;

/// <summary>How far a part of a campaign has looked for whom it falls due.</summary>
/// <param name="ThroughMs">Everything due up to this instant is decided; 0 before the first look.</param>
public readonly record struct ScanProgress(long ThroughMs)
{
    /// <summary>How far back a look begins before the end of the last one: rows may have moved between parts meanwhile. 2 minutes.</summary>
    public const long OverlapMs = 120_000;

    private const byte Format = 1;

    /// <summary>Before the first look.</summary>
    public static ScanProgress None => default;

    /// <summary>After which instant the next look begins.</summary>
    /// <remarks>Never before the campaign began (a start in the past is one); a part that never looked, because its roster shard is new, begins as far back as nudges are still sent late.</remarks>
    public long AfterFor(CampaignDefinition campaign, long throughMs)
    {
        var began = campaign.StartsAtMs ?? campaign.CreatedAtMs;
        var seen = ThroughMs == 0 ? throughMs - Math.Max(campaign.GraceMs, OverlapMs) : ThroughMs - OverlapMs;
        return Math.Max(began, Math.Min(seen, throughMs));
    }

    /// <summary>Encodes it.</summary>
    public byte[] Encode()
    {
        var to = new PayloadWriter(32);
        to.Byte(Format);
        to.Int(ThroughMs);
        return to.Finish();
    }

    /// <summary>Decodes it.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static ScanProgress Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "campaign's progress");
        return from.Byte() == Format
            ? new(from.Int())
            : throw new StoreCorruptException("A campaign's progress has a format that this release does not know: run the release that wrote it, or a newer one.");
    }
}
