using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The layout of a <see cref="CalibrationState"/> in store and between silos: about 40 bytes and the id for each course.</summary>
public static class CalibrationCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a state.</summary>
    public static byte[] Encode(CalibrationState state)
    {
        var to = new PayloadWriter(64 + (state.Courses.Count * 64));
        Write(to, state);
        return to.Finish();
    }

    /// <summary>Decodes a state.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static CalibrationState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "calibration");
        return Read(ref from);
    }

    internal static void Write(PayloadWriter to, CalibrationState state)
    {
        to.Byte(Format);
        to.Double(state.Slope);
        to.Double(state.SlopeInformation);
        to.Double(state.LabelWeight);
        to.Double(state.ForgottenBefore);
        to.UInt((uint)state.Courses.Count);
        foreach (var course in state.Courses)
        {
            to.Text(course.Course.Value);
            to.Double(course.Level);
            to.Double(course.Centre);
            to.Double(course.Information);
            to.Double(course.LatestAt);
        }
    }

    internal static CalibrationState Read(ref PayloadReader from)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A calibration has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var state = new CalibrationState
        {
            Slope = from.Double(),
            SlopeInformation = from.Double(),
            LabelWeight = from.Double(),
            ForgottenBefore = from.Double(),
        };
        for (var left = from.Count(); left > 0; left--)
        {
            state.Add(new CourseCalibration(new CourseId(from.Text()))
            {
                Level = from.Double(),
                Centre = from.Double(),
                Information = from.Double(),
                LatestAt = from.Double(),
            });
        }

        return state;
    }
}
