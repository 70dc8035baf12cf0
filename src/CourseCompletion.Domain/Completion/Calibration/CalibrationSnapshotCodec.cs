using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The stored layout of a <see cref="CalibrationSnapshot"/>, which silos follow: 8 bytes and the id for each course.</summary>
public static class CalibrationSnapshotCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a snapshot.</summary>
    public static byte[] Encode(CalibrationSnapshot snapshot)
    {
        var to = new PayloadWriter(64 + (snapshot.CourseIntercepts.Count * 32));
        to.Byte(Format);
        to.Int(snapshot.Labels);
        to.Double(snapshot.Slope);
        to.Double(snapshot.GlobalIntercept);
        to.UInt((uint)snapshot.CourseIntercepts.Count);
        foreach (var (course, intercept) in snapshot.CourseIntercepts.OrderBy(pair => pair.Key.Value, StringComparer.Ordinal))
        {
            to.Text(course.Value);
            to.Double(intercept);
        }

        return to.Finish();
    }

    /// <summary>Decodes a snapshot.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CalibrationSnapshot Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "calibration");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A calibration has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (labels, slope, intercept) = (from.Int(), from.Double(), from.Double());
        var courses = new List<KeyValuePair<CourseId, double>>();
        for (var left = from.Count(); left > 0; left--)
        {
            courses.Add(new(new(from.Text()), from.Double()));
        }

        return new(labels, slope, intercept, courses);
    }
}
