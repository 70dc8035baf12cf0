using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using Xunit;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>The checker finds every broken promise that is planted, and nothing in a history that was kept.</summary>
public sealed class HistoryCheckerTests
{
    private static readonly Event _watched = EventOf("e1", "ada", e => e.VideoWatched = new() { From = 0.25, To = 10 });
    private static readonly Event _commented = EventOf("e2", "bob", e => e.Commented = new() { Text = HistoryEntry.CommentText });

    private readonly List<HistoryEntry> _history =
    [
        Invoke(100, _watched), Invoke(100, _commented), End(300, HistoryEntry.Ok, _watched), End(5_100, HistoryEntry.Ok, _commented),
    ];

    [Fact]
    public void Check_EverythingAcknowledgedIsThere_HasNoViolation()
    {
        var verdict = HistoryChecker.Check(_history, [_commented, _watched]);

        Assert.Empty(verdict.Violations);
        Assert.Equal((2, 0, 0), (verdict.Acknowledged, verdict.Rejected, verdict.Unknown));
        Assert.Equal(new(2, 9.75, 9.75, 1), verdict.Facts.Sums("algebra"));
        Assert.Equal(1, verdict.Counts["ada"]);
    }

    [Fact]
    public void Check_AcknowledgedEventIsMissing_IsLost() => AssertViolates("lost: bob has no e2", [_watched]);

    [Fact]
    public void Check_EventIsThereTwice_IsCountedTwice() => AssertViolates("counted twice: ada has e1", [_watched, _commented, _watched]);

    [Fact]
    public void Check_EventThatNobodySent_IsFound() => AssertViolates("never sent: ada has e9", [_watched, _commented, EventOf("e9", "ada", e => e.Liked = new())]);

    [Fact]
    public void Check_EventOfAnotherLearner_IsChanged()
    {
        var moved = _watched.Clone();
        moved.LearnerId = "bob";
        AssertViolates("changed: e1", [moved, _commented]);
    }

    [Fact]
    public void Check_EventWithAnotherBody_IsChanged()
    {
        var longer = _watched.Clone();
        longer.VideoWatched.To = 11;
        AssertViolates("changed: e1", [longer, _commented]);
    }

    [Fact]
    public void Check_RejectedEventIsThere_IsFound()
    {
        _history.Add(Invoke(400, EventOf("e3", "ada", e => e.Liked = new())));
        _history.Add(End(500, HistoryEntry.Fail, EventOf("e3", "ada", e => e.Liked = new())));
        AssertViolates("rejected and counted: ada has e3", [_watched, _commented, EventOf("e3", "ada", e => e.Liked = new())]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Check_UnknownEvent_MayBeThereOrNot(bool isThere)
    {
        var liked = EventOf("e3", "ada", e => e.Liked = new());
        _history.Add(Invoke(400, liked));
        _history.Add(End(900, HistoryEntry.Unknown, liked));

        var verdict = HistoryChecker.Check(_history, isThere ? [_watched, _commented, liked] : [_watched, _commented]);

        Assert.Empty(verdict.Violations);
        Assert.Equal((2, 1, isThere ? 2 : 1), (verdict.Acknowledged, verdict.Unknown, verdict.Counts["ada"]));
    }

    [Theory]
    [InlineData("v1 1, v2 2, v2 2, v3 5", null)]
    [InlineData("v1 1, v2 2, v1 2", "went back: door saw ada in version v1 again after v2")]
    [InlineData("v1 1, v2 3, v3 2", "went back: door saw ada with 3 events and then with 2")]
    public void Check_Subscription_NeverGoesBack(string seen, string? violation)
    {
        _history.AddRange(seen.Split(", ").Select((line, i) => HistoryEntry.Parse($"{600 + i}\tsaw\tdoor\tada\t{line.Replace(' ', '\t')}")));

        var verdict = HistoryChecker.Check(_history, [_watched, _commented]);

        Assert.Equal(violation is null ? [] : [violation], verdict.Violations);
    }

    [Fact]
    public void Worst_AfterAnInstant_IsTheLongestWaitThatEndsLater()
    {
        var verdict = HistoryChecker.Check(_history, [_watched, _commented]);

        Assert.Equal(new Waited("bob", TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(5_100)), verdict.Worst(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(4.1), verdict.RecoveredWithin(TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.Zero, verdict.RecoveredWithin(TimeSpan.FromSeconds(6)));
        Assert.Equal(TimeSpan.FromMilliseconds(200), verdict.Usual(TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public void History_WrittenAndRead_IsTheSame()
    {
        using var directory = new TemporaryDirectory();
        using (var history = new History(Path.Combine(directory.Path, "history.txt")))
        {
            history.Invoked(TimeSpan.FromMilliseconds(7), _watched);
            history.Ended(_watched, new() { Status = EventStatus.Duplicate });
            history.Ended(_commented, new() { Status = EventStatus.Retry });
            history.Fault("kill silo 1");
        }

        var read = HistoryEntry.Read(Path.Combine(directory.Path, "history.txt")).ToList();

        Assert.Equal([HistoryEntry.Invoke, HistoryEntry.Ok, HistoryEntry.Unknown, HistoryEntry.Fault], read.Select(entry => entry.Kind));
        Assert.Equal(_watched, read[0].ToEvent());
        Assert.Equal(TimeSpan.FromMilliseconds(7), read[0].At);
        Assert.Equal(["kill silo 1"], read[3].Fields);
    }

    private void AssertViolates(string violation, Event[] exported) =>
        Assert.StartsWith(violation, Assert.Single(HistoryChecker.Check(_history, exported).Violations), StringComparison.Ordinal);

    private static Event EventOf(string id, string learner, Action<Event> body)
    {
        var made = new Event
        {
            EventId = id,
            Source = HistoryEntry.Source,
            LearnerId = learner,
            CourseId = "algebra",
            LessonId = "lesson-1",
            OccurredAt = Timestamp.FromDateTime(DateTime.UnixEpoch.AddSeconds(1_700_000_000)),
        };
        body(made);
        return made;
    }

    private static HistoryEntry Invoke(int ms, Event e) =>
        new(TimeSpan.FromMilliseconds(ms), HistoryEntry.Invoke, [e.LearnerId, e.EventId, e.CourseId, e.LessonId, $"{e.OccurredAt.Seconds}000", HistoryEntry.BodyOf(e)]);

    private static HistoryEntry End(int ms, string fate, Event e) => new(TimeSpan.FromMilliseconds(ms), fate, [e.LearnerId, e.EventId]);
}
