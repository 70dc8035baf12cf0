using CourseCompletion.Cli.Replay;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Replay;

public sealed class EventSorterTests
{
    [Theory]
    [InlineData(long.MaxValue, 0)]
    [InlineData(5_000_000, 3)]
    public void InOrder_ShuffledEvents_AreInOrderOfTimeAndThenOfAdding(long memoryBytes, int runsMin)
    {
        var chance = new Random(5);
        var added = Enumerable.Range(0, 20_000).Select(i => NewEvent(i, chance.Next(500))).ToList();
        using var sorter = new EventSorter(memoryBytes);
        foreach (var e in added)
        {
            sorter.Add(e);
        }

        var sorted = sorter.InOrder(0).ToList();

        Assert.True(sorter.RunCount >= runsMin, $"{sorter.RunCount} parts were written.");
        Assert.Equal(added.OrderBy(e => e.OccurredAt), sorted); // OrderBy is stable.
        Assert.Equal(sorted.Skip(12_345), sorter.InOrder(12_345));
    }

    [Fact]
    public void Add_LittleMemory_FillsItBeforeEachSpill()
    {
        using var sorter = new EventSorter(1024 * 1024);
        for (var i = 0; i < 5_000; i++)
        {
            sorter.Add(NewEvent(i, i));
        }

        // Five megabytes of events.
        Assert.InRange(sorter.RunCount, 4, 10);
    }

    [Fact]
    public void Dispose_AfterSpilling_LeavesNoFiles()
    {
        var before = Directory.GetDirectories(Path.GetTempPath(), "coursecompletion-replay-*").ToHashSet();
        var sorter = new EventSorter(1);
        for (var i = 0; i < 100; i++)
        {
            sorter.Add(NewEvent(i, i));
        }

        Assert.Equal(100, sorter.InOrder(0).Count());
        sorter.Dispose();

        Assert.DoesNotContain(
            Directory.GetDirectories(Path.GetTempPath(), "coursecompletion-replay-*"), path => !before.Contains(path));
    }

    private static Event NewEvent(int number, int second) => new()
    {
        EventId = $"event-{number:D8}-{new string('x', 900)}",
        OccurredAt = new Timestamp { Seconds = second, Nanos = number % 2 },
    };
}
