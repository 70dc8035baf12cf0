using CourseCompletion.Grains.Abstractions.Cluster;
using CourseCompletion.Grains.Cluster;
using Xunit;

namespace CourseCompletion.UnitTests.Grains.Cluster;

/// <summary>Each rule once with what it is about and once without: a finding that is always there is as bad as none.</summary>
public sealed class ClusterFindingsTests
{
    private const long Now = 1_800_000_000_000;

    private static readonly StoreStatus _store = new("redis", null, TimeSpan.FromMilliseconds(1), 0, 100, 1_000, []);
    private static readonly SiloReport _report = new("1.0.0", 5_000, 40, 400, 1_000, false, 10, 1_000, 0, [new("default/ada", 0.01)], _store);
    private static readonly ClusterReport _well = new(Now, [Silo("a"), Silo("b"), Silo("c")], [], 0, 12_000, 0, []);

    [Fact]
    public void Of_ClusterThatIsWell_FindsNothing() => Assert.Empty(ClusterFindings.Of(_well));

    [Fact]
    public void Of_MembershipThatCannotBeRead_SaysSoFirst()
    {
        var first = ClusterFindings.Of(_well with { DeadLetters = 1 }, "It was not possible to connect.")[0];

        Assert.Equal((FindingSeverity.Fault, "cluster"), (first.Severity, first.Subject));
        Assert.Contains("It was not possible to connect.", first.Finding, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_EmbeddedStoreAlone_FindsNothing() =>
        Assert.Empty(ClusterFindings.Of(_well with { Silos = [Silo("a", _report with { Store = _store with { Kind = "sqlite" } }) with { AliveAtMs = Now - 3_600_000 }] }));

    public static TheoryData<string, FindingSeverity, string> Cases => new()
    {
        { "no answer", FindingSeverity.Fault, "does not answer" },
        { "not heard of", FindingSeverity.Warning, "has not written that it is alive" },
        { "one silo", FindingSeverity.Notice, "has one silo" },
        { "versions", FindingSeverity.Notice, "runs 2 versions: 1.0.0, 1.1.0" },
        { "many dead", FindingSeverity.Notice, "lists 21 dead silos" },
        { "skewed", FindingSeverity.Notice, "keeps 40,000 grains on its fullest silo" },
        { "overloaded", FindingSeverity.Fault, "turns requests away" },
        { "busy", FindingSeverity.Warning, "uses 93 % of its processors" },
        { "full", FindingSeverity.Warning, "of its memory" },
        { "rows", FindingSeverity.Warning, "has 501 rows that wait" },
        { "hot", FindingSeverity.Warning, "of the events of silo" },
        { "store away", FindingSeverity.Fault, "cannot use the store: gone" },
        { "store slow", FindingSeverity.Warning, "waited 250 ms for the store" },
        { "store weak", FindingSeverity.Fault, "appendonly is 'no'" },
        { "store full", FindingSeverity.Warning, "of its room" },
        { "sweep late", FindingSeverity.Warning, "s behind" },
        { "sweep never", FindingSeverity.Warning, "has not finished a sweep" },
        { "overdue", FindingSeverity.Notice, "found 7 rows" },
        { "letters", FindingSeverity.Notice, "has 3 dead letters" },
        { "letters unknown", FindingSeverity.Warning, "could not be asked for dead letters" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void Of_OneThingWrong_FindsThatAndSaysWhatToDo(string what, FindingSeverity severity, string text)
    {
        var found = ClusterFindings.Of(With(what));

        var finding = Assert.Single(found);
        Assert.Equal(severity, finding.Severity);
        Assert.Contains(text, finding.Finding, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Subject);
        Assert.EndsWith(".", finding.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_SeveralThingsWrong_GravestFirst()
    {
        var found = ClusterFindings.Of(_well with { DeadLetters = 1, MarksOverdue = 1, Silos = [Silo("a") with { Report = null }, Silo("b"), Silo("c", _report with { CpuPercent = 93 })] });

        Assert.Equal([FindingSeverity.Fault, FindingSeverity.Warning, FindingSeverity.Notice, FindingSeverity.Notice], found.Select(finding => finding.Severity));
    }

    private static ClusterReport With(string what) => what switch
    {
        "no answer" => _well with { Silos = [Silo("a") with { Report = null }, Silo("b"), Silo("c")] },
        "not heard of" => _well with { Silos = [Silo("a") with { AliveAtMs = Now - 16_000 }, Silo("b"), Silo("c")] },
        "one silo" => _well with { Silos = [Silo("a")] },
        "versions" => _well with { Silos = [Silo("a"), Silo("b", _report with { Version = "1.1.0" })] },
        "many dead" => _well with { Silos = [.. _well.Silos, .. Enumerable.Range(0, 21).Select(i => Silo($"d{i}") with { Status = "Dead", Report = null })] },
        "skewed" => _well with { Silos = [Silo("a", _report with { Activations = 40_000 }), Silo("b"), Silo("c")] },
        "overloaded" => Changed(_report with { IsOverloaded = true, CpuPercent = 97 }),
        "busy" => Changed(_report with { CpuPercent = 93 }),
        "full" => Changed(_report with { MemoryBytes = 900 }),
        "rows" => Changed(_report with { RowsWaiting = 501 }),
        "hot" => Changed(_report with { HotLearners = [new("default/ada", 0.3)] }),
        "store away" => Changed(_report with { Store = _store with { Fault = "gone" } }),
        "store slow" => Changed(_report with { Store = _store with { AnswerTime = TimeSpan.FromMilliseconds(250) } }),
        "store weak" => Changed(_report with { Store = _store with { Weaknesses = ["127.0.0.1:6379: appendonly is 'no'."] } }, all: true),
        "store full" => Changed(_report with { Store = _store with { UsedBytes = 900 } }, all: true),
        "sweep late" => _well with { SweepAgeMs = 121_000 },
        "sweep never" => _well with { SweepAgeMs = -1 },
        "overdue" => _well with { MarksOverdue = 7 },
        "letters" => _well with { DeadLetters = 3 },
        "letters unknown" => _well with { DeadLetters = -1 },
        _ => throw new ArgumentException("There is no such case.", nameof(what)),
    };

    private static ClusterReport Changed(SiloReport report, bool all = false) => _well with { Silos = [Silo("a", report), Silo("b", all ? report : _report), Silo("c", all ? report : _report)] };

    private static ClusterSilo Silo(string name) => Silo(name, _report);

    private static ClusterSilo Silo(string name, SiloReport report) => new($"127.0.0.1:{name}@1", name, "Active", Now - 100_000, Now - 2_000, report);
}
