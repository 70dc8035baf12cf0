using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>The layout of what decisions and learners carry of uplift, within a larger payload: one byte where a campaign does not ask for it.</summary>
/// <remarks>A draw takes 33 bytes; a track about 55, and 21 for each decision of its sample.</remarks>
internal static class UpliftTrackCodec
{
    private const int SentFlag = 1;
    private const int ReturnedFlag = 2;

    public static void Write(PayloadWriter to, UpliftDraw? draw)
    {
        to.Bool(draw is not null);
        if (draw is null)
        {
            return;
        }

        Write(to, draw.Situation);
        to.Float(draw.SendPropensity);
        to.Bool(draw.Estimate is not null);
        if (draw.Estimate is { } estimate)
        {
            to.Float(estimate.Sent);
            to.Float(estimate.Silent);
            to.Float(estimate.Uplift);
        }
    }

    public static UpliftDraw? ReadDraw(ref PayloadReader from) => from.Bool()
        ? new(ReadSituation(ref from), from.Float(), from.Bool() ? new(from.Float(), from.Float(), from.Float()) : null)
        : null;

    public static void Write(PayloadWriter to, UpliftTrack? track)
    {
        to.Bool(track is not null);
        if (track is null)
        {
            return;
        }

        Write(to, track.Gains);
        to.UInt((uint)track.Sample.Count);
        foreach (var decision in track.Sample)
        {
            Write(to, decision.Situation);
            to.Float(decision.SendPropensity);
            to.Byte((byte)((decision.Sent ? SentFlag : 0) | (decision.Returned ? ReturnedFlag : 0)));
        }
    }

    public static UpliftTrack? ReadTrack(ref PayloadReader from)
    {
        if (!from.Bool())
        {
            return null;
        }

        var gains = ReadGains(ref from);
        var sample = new UpliftDecision[from.Count()];
        for (var i = 0; i < sample.Length; i++)
        {
            var (situation, propensity, flags) = (ReadSituation(ref from), from.Float(), from.Byte());
            sample[i] = new(situation, propensity, (flags & SentFlag) != 0, (flags & ReturnedFlag) != 0);
        }

        return UpliftTrack.Restore(gains, sample);
    }

    public static void Write(PayloadWriter to, in UpliftGains gains)
    {
        to.Int(gains.Decisions);
        Write(to, gains.OverSilence);
        Write(to, gains.OverSending);
    }

    public static UpliftGains ReadGains(ref PayloadReader from) => new(from.Int(), ReadSums(ref from), ReadSums(ref from));

    public static void Write(PayloadWriter to, GainSums sums)
    {
        to.Int(sums.Count);
        to.Double(sums.Sum);
        to.Double(sums.Squares);
    }

    public static GainSums ReadSums(ref PayloadReader from) => new(from.Int(), from.Double(), from.Double());

    private static void Write(PayloadWriter to, in UpliftSituation situation)
    {
        to.Float(situation.Probability);
        to.Float(situation.DaysSilent);
        to.UInt((uint)situation.SendsIn7Days);
        to.UInt((uint)situation.IgnoredInRow);
        to.UInt((uint)situation.StreakDays);
        to.Float(situation.HourMatch);
    }

    private static UpliftSituation ReadSituation(ref PayloadReader from) =>
        new(from.Float(), from.Float(), (int)from.UInt(), (int)from.UInt(), (int)from.UInt(), from.Float());
}
