using CourseCompletion.Domain.Learners;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Engagement;

/// <summary>Counts a batch's answers, to add them to <see cref="GatewayMetrics.EventsAnswered"/> once and not one by one.</summary>
internal sealed class OutcomeTally
{
    private const string OutcomeTag = "outcome";

    private static readonly KeyValuePair<string, object?> _accepted = new(OutcomeTag, "accepted");
    private static readonly KeyValuePair<string, object?> _duplicate = new(OutcomeTag, "duplicate");
    private static readonly KeyValuePair<string, object?> _tooLate = new(OutcomeTag, "too_late");
    private static readonly KeyValuePair<string, object?> _retry = new(OutcomeTag, "retry");
    private static readonly KeyValuePair<string, object?> _rejected = new(OutcomeTag, "rejected");
    private static readonly KeyValuePair<string, object?>[] _reasons = [.. Enum.GetValues<RejectionReason>().Select(reason => new KeyValuePair<string, object?>("reason", NameOf(reason)))];

    private readonly long[] _byReason = new long[_reasons.Length];
    private long _acceptedCount;
    private long _duplicateCount;
    private long _retryCount;

    /// <summary>Has every outcome that an operator watches exported from the start, at zero.</summary>
    public static void Announce()
    {
        foreach (var outcome in (ReadOnlySpan<KeyValuePair<string, object?>>)[_accepted, _duplicate, _tooLate, _retry])
        {
            GatewayMetrics.EventsAnswered.Add(0, outcome);
        }
    }

    /// <summary>Adds the events of a batch that was refused as a whole.</summary>
    public static void CountRejected(RejectionReason reason, int events) => GatewayMetrics.EventsAnswered.Add(events, _rejected, _reasons[(int)reason]);

    /// <summary>Counts one answer.</summary>
    public void Count(Wire.EventResult result)
    {
        switch (result.Status)
        {
            case Wire.EventStatus.Accepted:
                _acceptedCount++;
                break;
            case Wire.EventStatus.Duplicate:
                _duplicateCount++;
                break;
            case Wire.EventStatus.Rejected:
                // The numbers of the reasons are those of the wire; a newer silo may know one more.
                _byReason[(int)result.Reason < _byReason.Length ? (int)result.Reason : 0]++;
                break;
            default:
                _retryCount++;
                break;
        }
    }

    /// <summary>Adds what was counted to the counter, and begins anew.</summary>
    public void Publish()
    {
        Publish(ref _acceptedCount, _accepted);
        Publish(ref _duplicateCount, _duplicate);
        Publish(ref _retryCount, _retry);
        for (var reason = 0; reason < _byReason.Length; reason++)
        {
            if (_byReason[reason] == 0)
            {
                continue;
            }

            if (reason == (int)RejectionReason.TooLate)
            {
                GatewayMetrics.EventsAnswered.Add(_byReason[reason], _tooLate);
            }
            else
            {
                GatewayMetrics.EventsAnswered.Add(_byReason[reason], _rejected, _reasons[reason]);
            }

            _byReason[reason] = 0;
        }
    }

    private static void Publish(ref long count, KeyValuePair<string, object?> outcome)
    {
        if (count > 0)
        {
            GatewayMetrics.EventsAnswered.Add(count, outcome);
            count = 0;
        }
    }

    // InvalidField is invalid_field, as names are written in metrics.
    private static string NameOf(RejectionReason reason) =>
        string.Concat(reason.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"_{char.ToLowerInvariant(letter)}" : $"{char.ToLowerInvariant(letter)}"));
}
