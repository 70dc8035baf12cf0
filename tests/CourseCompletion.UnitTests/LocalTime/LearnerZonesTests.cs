using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.LocalTime;

public class LearnerZonesTests
{
    private static readonly Gen<(long FromMs, string Id)[]> _changes =
        Gen.Select(Gen.Long[1, 200].Select(i => i * 1000), Gen.OneOf("UTC", "Europe/Berlin", "Asia/Tokyo", "America/Lima")).Array[0, 40];

    // The model: the last change of each instant, in order of instants.
    [Fact]
    public void ZoneAt_ChangesInOrder_IsTheLastOneBefore() => _changes.Sample(changes =>
    {
        changes = [.. changes.OrderBy(c => c.FromMs).TakeLast(LearnerZones.ChangesMax - 1)];
        var zones = changes.Aggregate(LearnerZones.Of("Asia/Kathmandu"), (known, c) => known.With(c.FromMs, c.Id));
        for (var ms = 500L; ms < 202_000; ms += 500)
        {
            Assert.Equal(changes.LastOrDefault(c => c.FromMs <= ms, (0, "Asia/Kathmandu")).Item2, zones.ZoneAt(ms));
        }
    });

    [Fact]
    public void With_AnyChanges_StaysBoundedOrderedAndWithoutRepeats() => _changes.Sample(changes =>
    {
        var zones = changes.Aggregate(LearnerZones.Utc, (known, c) => known.With(c.FromMs, c.Id)).Changes;

        Assert.InRange(zones.Count, 1, LearnerZones.ChangesMax);
        for (var i = 1; i < zones.Count; i++)
        {
            Assert.True(zones[i].FromMs > zones[i - 1].FromMs && zones[i].ZoneId != zones[i - 1].ZoneId);
        }
    });

    [Fact]
    public void With_MoreThanAreKept_LetsTheOldestGo()
    {
        var zones = LearnerZones.Of("Asia/Tokyo");
        for (var i = 1; i <= LearnerZones.ChangesMax; i++)
        {
            zones = zones.With(i * 1000, i % 2 == 0 ? "UTC" : "Europe/Berlin");
        }

        Assert.Equal((LearnerZones.ChangesMax, "Europe/Berlin"), (zones.Changes.Count, zones.ZoneAt(0)));
    }

    [Fact]
    public void Read_Written_IsTheSame() => _changes.Sample(changes =>
    {
        var zones = changes.Aggregate(LearnerZones.Utc, (known, c) => known.With(c.FromMs, c.Id));
        var to = new PayloadWriter();
        zones.Write(to);
        var from = PayloadReader.Open(to.Finish(), "zones");

        Assert.Equal(zones.Changes, LearnerZones.Read(ref from).Changes);
        Assert.True(from.IsAtEnd);
    });

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("UTC", true)]
    [InlineData("Europe/Atlantis", false)]
    [InlineData("", false)]
    public void IsKnown_Id_IsWhetherTheDatabaseHasIt(string id, bool known) => Assert.Equal(known, LearnerZones.IsKnown(id));

    [Fact]
    public void SpanOfAZoneNoLongerKnown_ReadsAsUtc() => Assert.Equal(19_000, new LearnerClock(LearnerZones.Of("Europe/Atlantis"), 0).DayOf(19_000 * 86_400_000L));
}
