using System.Diagnostics.Metrics;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Engagement;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Engagement;

public sealed class OutcomeTallyTests : IDisposable
{
    // Other tests of this process send batches, too: only this test's thread counts.
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private readonly Dictionary<string, long> _added = [];
    private readonly MeterListener _listener = new();

    public OutcomeTallyTests()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "coursecompletion.events.answered")
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            if (Environment.CurrentManagedThreadId == _thread)
            {
                _added.Add(string.Join(' ', tags.ToArray().Select(tag => tag.Value)), value);
            }
        });
        _listener.Start();
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void Publish_MixedBatch_AddsOnceAnOutcomeAndBeginsAnew()
    {
        var tally = new OutcomeTally();
        Wire.EventResult[] results =
        [
            ResultMapping.Recorded(duplicate: false, clockCorrected: false, 0.5f),
            ResultMapping.Recorded(duplicate: false, clockCorrected: false, 0.5f),
            ResultMapping.Recorded(duplicate: true, clockCorrected: false, 0.5f),
            Rejected(RejectionReason.TooLate),
            Rejected(RejectionReason.UnknownCourse),
            Rejected(RejectionReason.UnknownCourse),
            ResultMapping.Retry(TimeSpan.FromSeconds(1)),
            new() { Status = Wire.EventStatus.Rejected, Reason = (Wire.RejectionReason)250 },
        ];
        foreach (var result in results)
        {
            tally.Count(result);
        }

        tally.Publish();
        var once = _added.ToDictionary();
        _added.Clear();
        tally.Publish();

        Assert.Equal(
            new Dictionary<string, long> { ["accepted"] = 2, ["duplicate"] = 1, ["retry"] = 1, ["rejected none"] = 1, ["too_late"] = 1, ["rejected unknown_course"] = 2 },
            once);
        Assert.Empty(_added);
    }

    private static Wire.EventResult Rejected(RejectionReason reason) => ResultMapping.Rejected(new(reason, "course_id", "No."), clockCorrected: false);
}
