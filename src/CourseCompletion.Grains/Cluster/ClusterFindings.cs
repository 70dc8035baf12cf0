using System.Globalization;
using CourseCompletion.Grains.Abstractions.Cluster;

namespace CourseCompletion.Grains.Cluster;

/// <summary>What an operator should look at in a cluster's report: one rule a finding, each with what it means and what to set.</summary>
internal static class ClusterFindings
{
    private const long NotHeardOfMs = 15_000;
    private const long SweepLateMs = 120_000;
    private const double MemoryShareMax = 0.85;
    private const double CpuPercentMax = 90;
    private const double StoreShareMax = 0.8;
    private const double RowsShareMax = 0.5;
    private const double HotShareMin = 0.2;
    private const double SkewMax = 2;
    private const int ActivationsThatMatter = 1_000;
    private const int DeadListedMax = 20;
    private static readonly TimeSpan _answerSlow = TimeSpan.FromMilliseconds(200);

    /// <summary>The findings, the gravest first.</summary>
    /// <param name="report">The report.</param>
    /// <param name="membershipFault">Why the list of silos cannot be read, so that the report has those that one silo knows of; null when it can.</param>
    public static ClusterFinding[] Of(ClusterReport report, string? membershipFault = null)
    {
        var findings = new List<ClusterFinding>();
        if (membershipFault is not null)
        {
            findings.Add(new(FindingSeverity.Fault, "cluster", $"cannot read which silos there are: {membershipFault}",
                "Redis (Storage:RedisClustering, or Storage:Redis) does not answer. The silos below are those that one of them knows of; they go on, but none can join or be put out until it answers."));
        }

        var active = Array.FindAll(report.Silos, silo => silo.Status == "Active");
        Members(report, active, findings);
        foreach (var silo in active)
        {
            if (silo.Report is { } own)
            {
                Silo(silo.Address, own, findings);
            }
        }

        Store(active, findings);
        Backlogs(report, findings);
        return [.. findings.OrderByDescending(finding => finding.Severity).ThenBy(finding => finding.Subject, StringComparer.Ordinal)];
    }

    private static void Members(ClusterReport report, ClusterSilo[] active, List<ClusterFinding> findings)
    {
        foreach (var silo in active.Where(silo => silo.Report is null))
        {
            findings.Add(new(FindingSeverity.Fault, silo.Address, "does not answer.",
                "It hangs, or the network between silos is cut. The others put it out within about 15 seconds and its learners move; end its process if it stays."));
        }

        foreach (var silo in active.Where(silo => report.AsOfMs - silo.AliveAtMs > NotHeardOfMs && silo.AliveAtMs > 0 && IsClustered(active)))
        {
            findings.Add(new(FindingSeverity.Warning, silo.Address, Text($"has not written that it is alive for {(report.AsOfMs - silo.AliveAtMs) / 1000.0:N0} s."),
                "It cannot reach Redis (Storage:RedisClustering), or its clock differs from this silo's: check both."));
        }

        if (active.Length == 1 && IsClustered(active))
        {
            findings.Add(new(FindingSeverity.Notice, "cluster", "has one silo.", "When it ends nobody can take over its learners: start a second one, better a third."));
        }

        var versions = active.Where(silo => silo.Report is not null).Select(silo => silo.Report!.Version).Distinct().Order(StringComparer.Ordinal).ToArray();
        if (versions.Length > 1)
        {
            findings.Add(new(FindingSeverity.Notice, "cluster", $"runs {versions.Length} versions: {string.Join(", ", versions)}.",
                "That is so during a rolling upgrade. Finish it: settings and models of the newer version are not understood by the older."));
        }

        var dead = report.Silos.Count(silo => silo.Status == "Dead");
        if (dead > DeadListedMax)
        {
            findings.Add(new(FindingSeverity.Notice, "cluster", Text($"lists {dead} dead silos."), "They do no harm, and go by themselves after a day; 'cluster purge' forgets them now."));
        }

        var activations = active.Where(silo => silo.Report is not null).Select(silo => silo.Report!.Activations).ToArray();
        if (activations.Length > 1 && activations.Max() > ActivationsThatMatter && activations.Max() > SkewMax * Math.Max(1, activations.Average()))
        {
            findings.Add(new(FindingSeverity.Notice, "cluster", Text($"keeps {activations.Max():N0} grains on its fullest silo and {activations.Average():N0} on an average one."),
                "New silos take over by and by. If it lasts for hours, look whether the fullest silo has several times the memory of the others."));
        }
    }

    private static void Silo(string silo, SiloReport own, List<ClusterFinding> findings)
    {
        if (own.IsOverloaded)
        {
            findings.Add(new(FindingSeverity.Fault, silo, Text($"turns requests away: {own.CpuPercent:N0} % of its processors, {Share(own.MemoryBytes, own.MemoryBytesMax)} of its memory."),
                "Clients are told to come again. Add a silo, or give it more processors or memory."));
        }
        else if (own.CpuPercent > CpuPercentMax)
        {
            findings.Add(new(FindingSeverity.Warning, silo, Text($"uses {own.CpuPercent:N0} % of its processors."), "Add a silo, or give it more processors: above 95 % it turns requests away."));
        }
        else if (own.MemoryBytesMax > 0 && own.MemoryBytes > MemoryShareMax * own.MemoryBytesMax)
        {
            findings.Add(new(FindingSeverity.Warning, silo, Text($"uses {Share(own.MemoryBytes, own.MemoryBytesMax)} of its memory."),
                "It lets go of learners who have been quiet, who are then read from the store again. Add a silo, or give it more memory."));
        }

        if (own.RowsWaiting > RowsShareMax * own.RowsWaitingMax)
        {
            findings.Add(new(FindingSeverity.Warning, silo, Text($"has {own.RowsWaiting:N0} rows that wait to be told to courses, of {own.RowsWaitingMax:N0} at most (Courses:CollectedRowsMax)."),
                "Course numbers lag; beyond the most they are left to the sweep. A silo that keeps rosters is overloaded, or does not answer."));
        }

        foreach (var hot in own.HotLearners.Where(hot => hot.Share > HotShareMin))
        {
            findings.Add(new(FindingSeverity.Warning, hot.Key, Text($"has {hot.Share:P0} of the events of silo {silo}."),
                "One learner is one writer: events beyond Learners:WaitingEventsMax are told to come again. Look at the producer: often many people share an id, or a client repeats itself."));
        }
    }

    private static void Store(ClusterSilo[] active, List<ClusterFinding> findings)
    {
        foreach (var silo in active)
        {
            if (silo.Report?.Store is not { } store)
            {
                continue;
            }

            if (store.Fault is { } fault)
            {
                findings.Add(new(FindingSeverity.Fault, silo.Address, $"cannot use the store: {fault}", "Events are answered with RETRY until it can; nothing acknowledged is lost. Look at its disk, its memory and the network to it."));
            }
            else if (store.AnswerTime > _answerSlow)
            {
                findings.Add(new(FindingSeverity.Warning, silo.Address, Text($"waited {store.AnswerTime.TotalMilliseconds:N0} ms for the store."),
                    "Acknowledgements take at least as long. Look at the store's disk: with fsync on every commit it decides."));
            }
        }

        if (Array.Find(active, silo => silo.Report?.Store is { Fault: null })?.Report?.Store is not { } seen)
        {
            return;
        }

        findings.AddRange(seen.Weaknesses.Select(weakness => new ClusterFinding(FindingSeverity.Fault, "store", weakness, "It was accepted with Storage:AllowWeakDurability; set it right and take that away.")));
        if (seen.BytesMax > 0 && seen.UsedBytes > StoreShareMax * seen.BytesMax)
        {
            findings.Add(new(FindingSeverity.Warning, "store", Text($"uses {Share(seen.UsedBytes, seen.BytesMax)} of its room."),
                seen.Kind == "redis"
                    ? "At maxmemory events are answered with RETRY: raise maxmemory, or move to a larger machine."
                    : "On a full disk events are answered with RETRY: make room, or lower Storage:ArchiveRetentionDays."));
        }
    }

    private static void Backlogs(ClusterReport report, List<ClusterFinding> findings)
    {
        if (report.SweepAgeMs is < 0 or > SweepLateMs)
        {
            findings.Add(new(FindingSeverity.Warning, "sweep", report.SweepAgeMs < 0 ? "has a shard that has not finished a sweep yet." : Text($"has a shard that is {report.SweepAgeMs / 1000.0:N0} s behind."),
                "What a crash left untold is told by it. Just after a start this is so; otherwise the store is slow or a silo hangs."));
        }

        if (report.MarksOverdue > 0)
        {
            findings.Add(new(FindingSeverity.Notice, "sweep", Text($"found {report.MarksOverdue:N0} rows and effects that had waited for longer than Sweep:OlderThan, and has them told again."),
                "After a crash this is so for a minute. If it lasts, a course or a channel does not take what it is told."));
        }

        if (report.DeadLetters > 0)
        {
            findings.Add(new(FindingSeverity.Notice, "nudges", Text($"has {report.DeadLetters:N0} dead letters: nudges that did not reach their learners."),
                "List them with ListDeadLetters, mend the channel, then hand them back with RedriveDeadLetters (docs/channels.md)."));
        }
        else if (report.DeadLetters < 0)
        {
            findings.Add(new(FindingSeverity.Warning, "nudges", "could not be asked for dead letters.", "The store does not answer, or a silo is just being put out: ask again."));
        }
    }

    // The embedded store serves one process, which writes no 'I am alive'.
    private static bool IsClustered(ClusterSilo[] active) => Array.Exists(active, silo => silo.Report?.Store.Kind == "redis");

    private static string Share(long part, long whole) => whole <= 0 ? "all" : ((double)part / whole).ToString("P0", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
