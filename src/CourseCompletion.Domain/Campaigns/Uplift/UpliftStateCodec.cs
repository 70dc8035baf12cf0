using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>The layout of an <see cref="UpliftState"/>: about 5 KB.</summary>
public static class UpliftStateCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a state.</summary>
    public static byte[] Encode(UpliftState state)
    {
        var to = new PayloadWriter(5_600);
        Write(to, state);
        return to.Finish();
    }

    /// <summary>Decodes a state.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static UpliftState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "uplift");
        return Read(ref from);
    }

    /// <summary>Writes a state within a larger payload.</summary>
    public static void Write(PayloadWriter to, UpliftState state)
    {
        to.Byte(Format);
        to.UInt((uint)UpliftFeatures.Count);
        to.Int(state.Decisions);
        to.Int(state.FittedAt);
        to.Bool(state.IsOn);
        Write(to, state.OverSilence);
        Write(to, state.OverSending);
        Write(to, state.Sent);
        Write(to, state.Silent);
        to.Bool(state.Model is not null);
        if (state.Model is { } model)
        {
            Array.ForEach(model.Sent, to.Double);
            Array.ForEach(model.Silent, to.Double);
            Array.ForEach(model.Uplift, to.Double);
            Array.ForEach(model.Covariance, to.Double);
        }
    }

    /// <summary>Reads a state within a larger payload.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static UpliftState Read(ref PayloadReader from)
    {
        if (from.Byte() != Format || from.UInt() != (uint)UpliftFeatures.Count)
        {
            throw new StoreCorruptException("A campaign's uplift has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var state = new UpliftState
        {
            Decisions = from.Int(),
            FittedAt = from.Int(),
            IsOn = from.Bool(),
            OverSilence = ReadGains(ref from),
            OverSending = ReadGains(ref from),
        };
        ReadInto(ref from, state.Sent);
        ReadInto(ref from, state.Silent);
        if (from.Bool())
        {
            var n = UpliftFeatures.Count;
            var model = new UpliftModel(new double[n], new double[n], new double[n], new double[n * n]);
            Fill(ref from, model.Sent);
            Fill(ref from, model.Silent);
            Fill(ref from, model.Uplift);
            Fill(ref from, model.Covariance);
            state.Model = model;
        }

        return state;
    }

    private static void Write(PayloadWriter to, GainSums sums)
    {
        to.Int(sums.Count);
        to.Double(sums.Sum);
        to.Double(sums.Squares);
    }

    private static GainSums ReadGains(ref PayloadReader from) => new(from.Int(), from.Double(), from.Double());

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

    private static void Fill(ref PayloadReader from, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = from.Double();
        }
    }
}
