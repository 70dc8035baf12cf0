using CourseCompletion.Domain.LocalTime;
using CsCheck;
using NodaTime;

namespace CourseCompletion.UnitTests.LocalTime;

/// <summary>A learner's zones, day start and an instant at which something happens to the wall clock.</summary>
/// <param name="Zones">The zones.</param>
/// <param name="DayStartMinutes">When the learner's day begins.</param>
/// <param name="AroundMs">A clock change of the zone lived in first.</param>
internal sealed record ZoneHistory(LearnerZones Zones, int DayStartMinutes, long AroundMs)
{
    private static readonly Instant _from = Instant.FromUtc(2020, 1, 1, 0, 0);
    private static readonly Instant _to = Instant.FromUtc(2031, 1, 1, 0, 0);
    private static readonly string[] _ids = [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>Every IANA zone with every clock change from 2020 to 2030, and with one ordinary instant.</summary>
    public static readonly (string ZoneId, long AtMs)[] EveryChange =
    [
        .. _ids.SelectMany((id, i) => DateTimeZoneProviders.Tzdb[id].GetZoneIntervals(_from, _to)
            .Where(interval => interval.HasStart && interval.Start > _from)
            .Select(interval => (id, interval.Start.ToUnixTimeMilliseconds()))
            .Prepend((id, _from.Plus(Duration.FromHours(1 + (i * 157))).ToUnixTimeMilliseconds()))),
    ];

    public LearnerClock Clock { get; } = new(Zones, DayStartMinutes);

    /// <summary>Journeys to any zones, by whole minutes within some days around a change; none as often as not.</summary>
    public static Gen<ZoneHistory> Around((string ZoneId, long AtMs) change, int days) => Gen.Select(
        Gen.Select(Gen.Int[-days * 1440, days * 1440], Gen.OneOf(_ids)).Array[0, 3],
        Gen.Bool,
        Gen.Frequency((1, Gen.Const(0)), (1, Gen.Int[0, LearnerClock.DayStartMinutesMax])),
        (journeys, travels, dayStart) => new ZoneHistory(
            (travels ? journeys : []).Aggregate(
                LearnerZones.Of(change.ZoneId),
                (zones, journey) => zones.With(((change.AtMs / WallClock.MinuteMs) + journey.Item1) * WallClock.MinuteMs, journey.Item2)),
            dayStart,
            change.AtMs));

    /// <summary>One random history around every change: the draws follow from the seed and the change, so a failure names all that is needed.</summary>
    public static IEnumerable<(ZoneHistory History, PCG Random)> Every(int days, uint seed)
    {
        for (var i = 0; i < EveryChange.Length; i++)
        {
            var random = new PCG(seed, (ulong)i);
            yield return (Around(EveryChange[i], days).Generate(random, null, out _), random);
        }
    }

    public override string ToString() => $"{string.Join(" -> ", Zones.Changes.Select(change => $"{change.ZoneId} from {change.FromMs}"))}, day from {DayStartMinutes}, change at {AroundMs}";
}
