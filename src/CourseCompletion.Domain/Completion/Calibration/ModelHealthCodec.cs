using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The stored layout of a <see cref="ModelHealthState"/>.</summary>
public static class ModelHealthCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a state.</summary>
    public static byte[] Encode(ModelHealthState state)
    {
        var to = new PayloadWriter(4096);
        to.Byte(Format);
        to.Int(state.Labels);
        to.Int(state.Alarms);
        to.Int(state.LatestDriftAtLabel);
        CalibrationCodec.Write(to, state.Calibration);
        state.Raw.Write(to);
        state.Served.Write(to);
        state.HeldOut.Write(to);
        state.Drift.Write(to);
        to.UInt((uint)state.Courses.Count);
        foreach (var (id, metrics) in state.Courses)
        {
            to.Text(id.Value);
            metrics.Write(to);
        }

        WritePlaces(to, state.Places);
        WritePlaces(to, state.ProxyPlaces);
        return to.Finish();
    }

    /// <summary>Decodes a state.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static ModelHealthState Decode(ReadOnlySpan<byte> payload, HealthPolicy policy)
    {
        var from = PayloadReader.Open(payload, "model health");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A model's health has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (labels, alarms, latest) = (from.Int(), from.Int(), from.Int());
        var state = new ModelHealthState(policy)
        {
            Calibration = CalibrationCodec.Read(ref from),
            Raw = PrequentialMetrics.Read(ref from, policy.PaneLabels),
            Served = PrequentialMetrics.Read(ref from, policy.PaneLabels),
            HeldOut = PrequentialMetrics.Read(ref from, policy.PaneLabels),
            Drift = Adwin.Read(ref from, policy.DriftDelta),
            Labels = labels,
            Alarms = alarms,
            LatestDriftAtLabel = latest,
        };
        for (var left = from.Count(); left > 0; left--)
        {
            state.Courses.Add(new CourseId(from.Text()), PrequentialMetrics.Read(ref from, policy.CoursePaneLabels));
        }

        ReadPlaces(ref from, state.Places);
        ReadPlaces(ref from, state.ProxyPlaces);
        return state;
    }

    private static void WritePlaces(PayloadWriter to, OrderedDictionary<(CourseId, int), LabelPlace> places)
    {
        to.UInt((uint)places.Count);
        foreach (var ((course, shard), place) in places)
        {
            to.Text(course.Value);
            to.UInt((uint)shard);
            to.Int(place.MaturesAtMs);
            to.Fixed64(place.LearnerHash);
        }
    }

    private static void ReadPlaces(ref PayloadReader from, OrderedDictionary<(CourseId, int), LabelPlace> places)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            places.Add((new CourseId(from.Text()), (int)from.UInt()), new(from.Int(), from.Fixed64()));
        }
    }
}
