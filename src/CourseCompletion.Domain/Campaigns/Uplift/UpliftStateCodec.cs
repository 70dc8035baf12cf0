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

    private static void Write(PayloadWriter to, UpliftState state)
    {
        to.Byte(Format);
        to.UInt((uint)UpliftFeatures.Count);
        to.Int(state.Gains.Decisions);
        to.Int(state.FittedAt);
        to.Bool(state.IsOn);
        UpliftTrackCodec.Write(to, state.Gains.OverSilence);
        UpliftTrackCodec.Write(to, state.Gains.OverSending);
        UpliftMomentsCodec.Write(to, state.Fitted);
        to.Bool(state.Model is not null);
        if (state.Model is { } model)
        {
            Array.ForEach(model.Sent, to.Double);
            Array.ForEach(model.Silent, to.Double);
            Array.ForEach(model.Uplift, to.Double);
            Array.ForEach(model.Covariance, to.Double);
        }
    }

    private static UpliftState Read(ref PayloadReader from)
    {
        if (from.Byte() != Format || from.UInt() != (uint)UpliftFeatures.Count)
        {
            throw new StoreCorruptException("A campaign's uplift has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (decisions, fittedAt, isOn) = (from.Int(), from.Int(), from.Bool());
        return new()
        {
            // An object initializer runs in the order written, which is the order of the layout.
            Gains = new(decisions, UpliftTrackCodec.ReadSums(ref from), UpliftTrackCodec.ReadSums(ref from)),
            FittedAt = fittedAt,
            IsOn = isOn,
            Fitted = UpliftMomentsCodec.Read(ref from),
            Model = from.Bool() ? ReadModel(ref from) : null,
        };
    }

    private static UpliftModel ReadModel(ref PayloadReader from)
    {
        var n = UpliftFeatures.Count;
        var model = new UpliftModel(new double[n], new double[n], new double[n], new double[n * n]);
        UpliftMomentsCodec.Fill(ref from, model.Sent);
        UpliftMomentsCodec.Fill(ref from, model.Silent);
        UpliftMomentsCodec.Fill(ref from, model.Uplift);
        UpliftMomentsCodec.Fill(ref from, model.Covariance);
        return model;
    }
}
