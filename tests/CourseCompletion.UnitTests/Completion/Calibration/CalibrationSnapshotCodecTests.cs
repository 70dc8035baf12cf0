using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Calibration;

public class CalibrationSnapshotCodecTests
{
    private static readonly CalibrationSnapshot _snapshot = new(
        2_000, 0.875, -0.25, [KeyValuePair.Create(new CourseId("文学"), 0.5), KeyValuePair.Create(new CourseId("algebra"), -1.25)]);

    [Fact]
    public void Snapshot_Format1_StillMeansTheSame()
    {
        var read = CalibrationSnapshotCodec.Decode(GoldenFile.Read("calibration-snapshot.v1.bin", nameof(CalibrationSnapshotCodec), CalibrationSnapshotCodec.Encode(_snapshot)));

        Assert.Equal((2_000, 0.875, -0.25), (read.Labels, read.Slope, read.GlobalIntercept));
        Assert.Equal((0.5, -1.25, -0.25, 2), (read.InterceptOf(new("文学")), read.InterceptOf(new("algebra")), read.InterceptOf(new("other")), read.CourseIntercepts.Count));
    }

    [Fact]
    public void Decode_Damaged_IsRefused() =>
        StoredBytes.AssertEveryDamageIsNoticed(CalibrationSnapshotCodec.Encode(_snapshot), damaged => CalibrationSnapshotCodec.Decode(damaged));

    [Fact]
    public void Decode_NewerFormat_IsRefused() =>
        Assert.Throws<StoreCorruptException>(() => CalibrationSnapshotCodec.Decode(StoredBytes.OfFormat(2, CalibrationSnapshotCodec.Encode(_snapshot))));
}
