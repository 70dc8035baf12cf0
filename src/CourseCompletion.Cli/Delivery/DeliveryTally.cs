using CourseCompletion.Client;
using CourseCompletion.Protocol.V1;
using HdrHistogram;

namespace CourseCompletion.Cli.Delivery;

/// <summary>What became of the events of one run, counted as the answers come.</summary>
internal sealed class DeliveryTally
{
    private const long MicrosecondsMax = 3_600_000_000;

    private readonly Lock _lock = new();
    private readonly LongHistogram _latency = new(MicrosecondsMax, 3);
    private readonly Dictionary<string, RejectionCount> _rejections = new(StringComparer.Ordinal);
    private DeliveryCounts _counts;

    /// <summary>The counts now.</summary>
    public DeliveryCounts Counts
    {
        get
        {
            lock (_lock)
            {
                return _counts;
            }
        }
    }

    /// <summary>Rejections by reason, the most frequent first, each with an example.</summary>
    public IReadOnlyList<RejectionCount> Rejections
    {
        get
        {
            lock (_lock)
            {
                return [.. _rejections.Values.OrderByDescending(rejection => rejection.Count)];
            }
        }
    }

    /// <summary>A batch was answered.</summary>
    public void Add(BatchAcknowledgement answer)
    {
        lock (_lock)
        {
            _counts.Sent += answer.Events.Count;
            _latency.RecordValueWithCount(
                Math.Clamp((long)answer.Elapsed.TotalMicroseconds, 1, MicrosecondsMax), Math.Max(1, answer.Results.Count));
            for (var i = 0; i < answer.Results.Count; i++)
            {
                switch (answer.Results[i].Status)
                {
                    case EventStatus.Accepted:
                        _counts.Accepted++;
                        break;
                    case EventStatus.Duplicate:
                        _counts.Duplicate++;
                        break;
                    case EventStatus.Rejected:
                        _counts.Rejected++;
                        AddRejection(answer[i]);
                        break;
                    default:
                        _counts.Unknown++;
                        break;
                }
            }
        }
    }

    /// <summary>The time from the first sending to the acknowledgement that this percentage of events did not exceed.</summary>
    public TimeSpan Percentile(double percent)
    {
        lock (_lock)
        {
            return _latency.TotalCount == 0 ? TimeSpan.Zero : TimeSpan.FromMicroseconds(_latency.GetValueAtPercentile(percent));
        }
    }

    private void AddRejection(EventAcknowledgement rejected)
    {
        var result = rejected.Result;
        var reason = EventReasons.NameOf(result.Reason) + (result.Field.Length > 0 ? $" ({result.Field})" : "");
        var known = _rejections.GetValueOrDefault(reason)
            ?? new(reason, 0, $"event {rejected.Event.EventId} of learner {rejected.Event.LearnerId}: {result.Message}");
        _rejections[reason] = known with { Count = known.Count + 1 };
    }
}
