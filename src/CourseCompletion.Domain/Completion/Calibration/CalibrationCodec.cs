using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The layout of a <see cref="CalibrationState"/>, within that of a model's health: about 40 bytes and the id for each course, and up to 1 KB more for one whose labels have not matured.</summary>
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
        to.Int(state.LabelCount);
        to.UInt((uint)state.Courses.Count);
        foreach (var course in state.Courses)
        {
            to.Text(course.Course.Value);
            to.Double(course.Level);
            to.Double(course.Centre);
            to.Double(course.Information);
            to.Double(course.LatestAt);
        }

        to.Double(state.ProxyMapping.Courses);
        to.Double(state.ProxyMapping.SquaredMisses);
        to.UInt((uint)ProxyPhases.Count);
        foreach (var line in state.ProxyMapping.Phases)
        {
            to.Double(line.Base);
            to.Double(line.Gain);
            line.Counts.Write(to);
        }

        to.UInt((uint)state.Proxies.Count);
        foreach (var proxies in state.Proxies.Values)
        {
            to.Text(proxies.Course.Value);
            to.Double(proxies.LatestAt);
            to.Byte((byte)(proxies.Teaches ? 1 : 0));
            Array.ForEach(proxies.Phases, phase => phase.Write(to));
        }
    }

    internal static CalibrationState Read(ref PayloadReader from)
    {
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A calibration has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var (slope, information, weight, forgotten, count) = (from.Double(), from.Double(), from.Double(), from.Double(), from.Int());
        var courses = new List<CourseCalibration>();
        for (var left = from.Count(); left > 0; left--)
        {
            courses.Add(new CourseCalibration(new CourseId(from.Text()))
            {
                Level = from.Double(),
                Centre = from.Double(),
                Information = from.Double(),
                LatestAt = from.Double(),
            });
        }

        var (compared, misses, phases) = (from.Double(), from.Double(), from.Count());
        if (phases != ProxyPhases.Count)
        {
            throw new StoreCorruptException("A calibration has other phases than this release: run the release that wrote it, or a newer one.");
        }

        var lines = new ProxyLine[phases];
        for (var phase = 0; phase < phases; phase++)
        {
            lines[phase] = new() { Base = from.Double(), Gain = from.Double(), Counts = ProxyCounts.Read(ref from) };
        }

        var state = new CalibrationState
        {
            Slope = slope,
            SlopeInformation = information,
            LabelWeight = weight,
            ForgottenBefore = forgotten,
            LabelCount = count,
            ProxyMapping = new() { Phases = lines, Courses = compared, SquaredMisses = misses },
        };
        courses.ForEach(state.Add);
        for (var left = from.Count(); left > 0; left--)
        {
            var course = new CourseId(from.Text());
            var (latestAt, teaches) = (from.Double(), from.Byte() != 0);
            var counts = new ProxyCounts[phases];
            for (var phase = 0; phase < phases; phase++)
            {
                counts[phase] = ProxyCounts.Read(ref from);
            }

            state.Proxies.Add(course, new(course) { LatestAt = latestAt, Teaches = teaches, Phases = counts });
        }

        return state;
    }
}
