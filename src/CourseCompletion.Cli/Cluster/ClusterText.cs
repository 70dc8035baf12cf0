using System.Globalization;
using CourseCompletion.Cli.Connections;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Cluster;

/// <summary>Writes the cluster's state as text.</summary>
internal static class ClusterText
{
    private const double Mebi = 1024 * 1024;

    public static void Write(TextWriter text, Protocol.V1.Cluster cluster, bool isJson)
    {
        if (isJson)
        {
            text.WriteLine(ProtoText.Json(cluster));
            return;
        }

        foreach (var silo in cluster.Silos)
        {
            text.WriteLine($"{silo.Status,-12}{silo.Address}  {silo.Name}  since {ProtoText.At(silo.StartedAt)}{(silo.Report is null && silo.Status == "Active" ? "  does not answer" : "")}");
            if (silo.Report is { } report)
            {
                text.WriteLine(Line($"            version {report.Version}, {report.Activations:N0} grains, {report.CpuPercent:N0} % of its processors, {report.MemoryBytes / Mebi:N0} of {report.MemoryBytesMax / Mebi:N0} MiB{(report.Overloaded ? ", turns requests away" : "")}"));
                text.WriteLine(Line($"            waiting: {report.RowsWaiting:N0} rows of at most {report.RowsWaitingMax:N0}, {report.NudgesUnderWay:N0} nudges, {report.Store.QueuedBytes:N0} bytes for the store"));
                text.WriteLine("            store: " + StoreLine(report.Store));
                foreach (var hot in report.HotLearners)
                {
                    text.WriteLine(Line($"            {hot.Share,6:P1} of its events: {hot.Key}"));
                }
            }
        }

        text.WriteLine("Grains: " + string.Join(", ", cluster.Grains.Select(count => Line($"{count.Activations:N0} {count.Kind}"))));
        var age = cluster.SweepAge is { } known ? Line($"{known.ToTimeSpan().TotalSeconds:N0} s ago") : "not finished yet";
        var letters = cluster.HasDeadLetters ? cluster.DeadLetters.ToString("N0", CultureInfo.InvariantCulture) : "an unknown number of";
        text.WriteLine(Line($"Behind: {cluster.MarksOverdue:N0} rows and effects overdue at the last sweep ({age}), {letters} dead letters."));
        text.WriteLine(cluster.Findings.Count == 0 ? "Nothing to look at." : $"{cluster.Findings.Count} findings: see 'cluster doctor'.");
    }

    public static void WriteFindings(TextWriter text, Protocol.V1.Cluster cluster, bool isJson)
    {
        if (isJson)
        {
            foreach (var finding in cluster.Findings)
            {
                text.WriteLine(ProtoText.Json(finding));
            }

            return;
        }

        foreach (var finding in cluster.Findings)
        {
            text.WriteLine($"{finding.Severity,-8}{finding.Subject} {finding.Finding}");
            text.WriteLine($"        {finding.Cure}");
        }

        if (cluster.Findings.Count == 0)
        {
            text.WriteLine("Nothing to look at.");
        }
    }

    private static string StoreLine(StoreStatus store)
    {
        var room = store.BytesMax > 0 ? Line($" of {store.BytesMax / Mebi:N0}") : "";
        var answer = store.Fault.Length > 0 ? store.Fault : Line($"answers in {store.AnswerTime.ToTimeSpan().TotalMilliseconds:N1} ms");
        return Line($"{store.Kind}, {answer}, {store.UsedBytes / Mebi:N0}{room} MiB");
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}
