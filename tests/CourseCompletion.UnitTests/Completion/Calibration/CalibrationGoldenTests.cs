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

        Assert.Equal((0.75, 120.5, 3_000.25, 17), (read.Slope, read.SlopeInformation, read.LabelWeight, read.ForgottenBefore));
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

        state.Courses.Add(new("文学"), new(policy.CoursePaneLabels));
        state.Courses[new("文学")].Add(0.0, true);

        var stored = GoldenFile.Read("model-health.v1.bin", nameof(ModelHealthCodec), ModelHealthCodec.Encode(state));

        var read = ModelHealthCodec.Decode(stored, policy);
        Assert.Equal((7, 2, 5), (read.Labels, read.Alarms, read.LatestDriftAtLabel));
        Assert.Equal(0.75, read.Calibration.Slope);
        Assert.Equal((3, 2.0 / 3), (read.Raw.Figures().Count, read.Raw.Figures().BaseRate));
        Assert.Equal((3, 1.75 / 3), (read.Drift.Width, read.Drift.Mean));
        Assert.Equal((1, 0.25), (read.Courses[new("文学")].Figures().Count, read.Courses[new("文学")].Figures().Brier));
    }

    private static CalibrationState State()
    {
        var state = new CalibrationState { Slope = 0.75, SlopeInformation = 120.5, LabelWeight = 3_000.25, ForgottenBefore = 17 };
        state.Add(new(new("algebra")) { Level = -1.5, Centre = -2.25, Information = 400, LatestAt = 2_999.5 });
        state.Add(new(new("文学")) { Level = 0.5, Centre = 1.25, Information = 2, LatestAt = 3_000.25 });
        return state;
    }
}
