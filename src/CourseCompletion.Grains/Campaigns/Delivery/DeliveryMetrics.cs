using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Grains.Campaigns.Delivery;

/// <summary>What becomes of nudges, by channel, in the meter of <see cref="GrainMetrics"/>.</summary>
internal static class DeliveryMetrics
{
    /// <summary>Attempts, by outcome.</summary>
    public static readonly Counter<long> Attempts = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.attempts", "{attempt}");

    /// <summary>Deliveries that ended, by status.</summary>
    public static readonly Counter<long> Ended = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.ended", "{nudge}");

    /// <summary>Nudges that did not fit into the silo's dispatcher and are offered again by their learners later.</summary>
    public static readonly Counter<long> Deferred = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.nudges.deferred", "{nudge}");

    /// <summary>Nudges in the silo's dispatcher.</summary>
    public static readonly UpDownCounter<long> UnderWay = GrainMetrics.Meter.CreateUpDownCounter<long>("coursecompletion.nudges.under_way", "{nudge}");

    /// <summary>Dead letters that went because there was no room for them.</summary>
    public static readonly Counter<long> LettersOverflowed = GrainMetrics.Meter.CreateCounter<long>("coursecompletion.dead_letters.overflowed", "{letter}");

    /// <summary>The tag of a channel.</summary>
    public static KeyValuePair<string, object?> TagOf(NudgeChannel channel) => new("channel", channel.ToString());
}
