using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>The layout of an <see cref="UpliftMoments"/>: 4 KB.</summary>
public static class UpliftMomentsCodec
{
    private const int CapacityBytes = 4_200;

    /// <summary>Encodes sums, for the way between silos.</summary>
    public static byte[] Encode(UpliftMoments moments)
    {
        var to = new PayloadWriter(CapacityBytes);
        Write(to, moments);
        return to.Finish();
    }

    /// <summary>Decodes sums.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged.</exception>
    public static UpliftMoments Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "uplift's sums");
        return Read(ref from);
    }

    internal static void Write(PayloadWriter to, UpliftMoments moments)
    {
        Write(to, moments.Sent);
        Write(to, moments.Silent);
    }

    internal static UpliftMoments Read(ref PayloadReader from)
    {
        var moments = new UpliftMoments();
        ReadInto(ref from, moments.Sent);
        ReadInto(ref from, moments.Silent);
        return moments;
    }

    internal static void Fill(ref PayloadReader from, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = from.Double();
        }
    }

    private static void Write(PayloadWriter to, ArmMoments moments)
    {
        Array.ForEach(moments.Products, to.Double);
        Array.ForEach(moments.Rewards, to.Double);
        Array.ForEach(moments.WeightedProducts, to.Double);
        Array.ForEach(moments.WeightedRewards, to.Double);
        Array.ForEach(moments.OverlapProducts, to.Double);
    }

    private static void ReadInto(ref PayloadReader from, ArmMoments moments)
    {
        Fill(ref from, moments.Products);
        Fill(ref from, moments.Rewards);
        Fill(ref from, moments.WeightedProducts);
        Fill(ref from, moments.WeightedRewards);
        Fill(ref from, moments.OverlapProducts);
    }
}
