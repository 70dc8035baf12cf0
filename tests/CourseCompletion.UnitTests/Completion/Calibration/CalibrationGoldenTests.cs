using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

/// <summary>What was once stored must stay readable, with the same meaning.</summary>
public class CalibrationGoldenTests
{
    [Fact]
    public void Calibration_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("calibration.v1.bin", nameof(CalibrationCodec), CalibrationCodec.Encode(State()));

        var read = CalibrationCodec.Decode(stored);

        Assert.Equal((0.75, 120.5, 3_000.25, 17, 9_000), (read.Slope, read.SlopeInformation, read.LabelWeight, read.ForgottenBefore, read.LabelCount));
        Assert.Equal((-0.5, 1.5, 3, 0.25), (read.ProxyMapping.Phases[1].Base, read.ProxyMapping.Phases[1].Gain, read.ProxyMapping.Courses, read.ProxyMapping.SquaredMisses));
        Assert.Equal((0.125, new ProxyBin(3, 2)), Assert.Single(read.ProxyMapping.Phases[1].Counts.Bins()));
        var (course, proxies) = Assert.Single(read.Proxies);
        Assert.Equal(("algebra", 2_000, false, (-7.875, new ProxyBin(1, 0))), (course.Value, proxies.LatestAt, proxies.Teaches, Assert.Single(proxies.Phases[4].Bins())));
        Assert.Equal(["algebra", "文学"], read.Courses.Select(course => course.Course.Value));
        var algebra = read.Courses[0];
        Assert.Equal((-1.5, -2.25, 400, 2_999.5), (algebra.Level, algebra.Centre, algebra.Information, algebra.LatestAt));
    }

    // The values are written out rather than learned: how labels are learned from may change without the layout changing.
    [Fact]
    public void ModelHealth_Format1_StillMeansTheSame()
    {
        var policy = HealthPolicy.Default;
        var state = new ModelHealthState(policy) { Calibration = State(), Labels = 7, Alarms = 2, LatestDriftAtLabel = 5 };
        foreach (var (logit, completed) in new[] { (0.0, true), (-9, false), (2.5, true) })
        {
            state.Raw.Add(logit, completed);
            state.Served.Add(logit / 2, completed);
            state.Drift.Add(completed ? 0.75 : 0.25);
        }

        state.HeldOut.Add(1, true);
        state.Courses.Add(new("文学"), new(policy.CoursePaneLabels));
        state.Courses[new("文学")].Add(0.0, true);
        state.Places.Add((new("文学"), 3), new(1_700_000_000_000, ulong.MaxValue));
        state.ProxyPlaces.Add((new("文学"), 2), new(1_600_000_000_000, 5));

        var stored = GoldenFile.Read("model-health.v1.bin", nameof(ModelHealthCodec), ModelHealthCodec.Encode(state));

        var read = ModelHealthCodec.Decode(stored, policy);
        Assert.Equal((7, 2, 5), (read.Labels, read.Alarms, read.LatestDriftAtLabel));
        Assert.Equal(0.75, read.Calibration.Slope);
        Assert.Equal((3, 2.0 / 3), (read.Raw.Figures().Count, read.Raw.Figures().BaseRate));
        Assert.Equal(1, read.HeldOut.Figures().Count);
        Assert.Equal((3, 1.75 / 3), (read.Drift.Width, read.Drift.Mean));
        Assert.Equal((1, 0.25), (read.Courses[new("文学")].Figures().Count, read.Courses[new("文学")].Figures().Brier));
        Assert.Equal(new LabelPlace(1_700_000_000_000, ulong.MaxValue), read.Places[(new("文学"), 3)]);
        Assert.Equal(new LabelPlace(1_600_000_000_000, 5), read.ProxyPlaces[(new("文学"), 2)]);
    }

    private static CalibrationState State()
    {
        var state = new CalibrationState { Slope = 0.75, SlopeInformation = 120.5, LabelWeight = 3_000.25, ForgottenBefore = 17, LabelCount = 9_000 };
        var line = state.ProxyMapping.Phases[1];
        (line.Base, line.Gain, state.ProxyMapping.Courses, state.ProxyMapping.SquaredMisses) = (-0.5, 1.5, 3, 0.25);
        line.Counts.Add(0.1, 3, 2, 1_000);
        state.Proxies.Add(new("algebra"), new(new("algebra")) { LatestAt = 2_000, Teaches = false });
        state.Proxies[new("algebra")].Phases[4].Add(-9, 1, 0, 1_000);
        state.Add(new(new("algebra")) { Level = -1.5, Centre = -2.25, Information = 400, LatestAt = 2_999.5 });
        state.Add(new(new("文学")) { Level = 0.5, Centre = 1.25, Information = 2, LatestAt = 3_000.25 });
        return state;
    }
}
