using System.Text.Json;
using CourseCompletion.Cli.Engagement;
using Spectre.Console;

namespace CourseCompletion.Cli.Delivery;

/// <summary>The summary at the end of a run.</summary>
internal sealed class DeliverySummary(DeliveryTally tally, RowFaults faults, long resumedAt, TimeSpan elapsed, bool isInterrupted)
{
    private static readonly JsonSerializerOptions _json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    private readonly DeliveryCounts _counts = tally.Counts;

    private double EventsPerSecond => elapsed > TimeSpan.Zero ? _counts.Answered / elapsed.TotalSeconds : 0;

    /// <summary>Writes it as a table, or as JSON for programs.</summary>
    public void Write(IAnsiConsole console, bool isJson)
    {
        if (isJson)
        {
            Console.Out.WriteLine(ToJson());
        }
        else
        {
            console.Write(ToTable());
        }
    }

    /// <summary>The summary as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            resumedAt,
            _counts.Sent,
            _counts.Accepted,
            _counts.Duplicate,
            _counts.Rejected,
            RejectedByReason = tally.Rejections.ToDictionary(rejection => rejection.Reason, rejection => rejection.Count),
            _counts.Unknown,
            MalformedRows = faults.Count,
            SkippedRows = faults.Skipped,
            Seconds = Math.Round(elapsed.TotalSeconds, 3),
            EventsPerSecond = Math.Round(EventsPerSecond),
            AcknowledgementP50Ms = tally.Percentile(50).TotalMilliseconds,
            AcknowledgementP99Ms = tally.Percentile(99).TotalMilliseconds,
            Interrupted = isInterrupted,
        },
        _json);

    private Table ToTable()
    {
        var table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumns(new TableColumn(""), new TableColumn("").RightAligned());
        void Row(string name, string value) => table.AddRow(Markup.Escape(name), Markup.Escape(value));

        if (resumedAt > 0)
        {
            Row("acknowledged in an earlier run", $"{resumedAt:N0}");
        }

        Row("sent", $"{_counts.Sent:N0}");
        Row("accepted", $"{_counts.Accepted:N0}");
        Row("duplicate", $"{_counts.Duplicate:N0}");
        Row("rejected", $"{_counts.Rejected:N0}");
        foreach (var rejection in tally.Rejections)
        {
            Row($"  {rejection.Reason}, such as {rejection.Example}", $"{rejection.Count:N0}");
        }

        if (_counts.Unknown > 0)
        {
            Row("not known to be durable: send again", $"{_counts.Unknown:N0}");
        }

        if (faults.Count > 0)
        {
            Row($"malformed rows, such as {faults.Shown[0]}", $"{faults.Count:N0}");
        }

        foreach (var (reason, count) in faults.Skipped)
        {
            Row($"left out: {reason}", $"{count:N0}");
        }

        Row("time", $"{elapsed.TotalSeconds:N1} s");
        Row("events/s", $"{EventsPerSecond:N0}");
        Row("acknowledgement p50 / p99", $"{tally.Percentile(50).TotalMilliseconds:N1} / {tally.Percentile(99).TotalMilliseconds:N1} ms");
        return table;
    }
}
