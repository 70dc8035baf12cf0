using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Catalog;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Courses;
using CourseCompletion.UnitTests.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Stores;

/// <summary>Stored bytes of each format, kept in <c>Golden/</c>: whatever was once written must stay readable, with the same meaning.</summary>
public class GoldenFileTests
{
    [Fact]
    public void Frame_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Frame;
        var stored = GoldenFile.Read("journal-frame.v1.bin", nameof(LearnerFrame), expected.Encode(new PayloadWriter()));

        LearnerFrameTests.AssertSame(expected, LearnerFrame.Decode(stored));
    }

    [Fact]
    public void RosterRow_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Row;
        var stored = GoldenFile.Read("roster-row.v1.bin", nameof(RosterRowCodec), RosterRowCodec.Encode(expected));

        // Features that came later are 0 until the learner's next row.
        RosterGen.AssertSame(
            expected with { Features = [.. expected.Features, .. new float[CompletionFeatures.Count - expected.Features.Length]] }, RosterRowCodec.Decode(stored));
    }

    [Fact]
    public void Course_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Course;
        var stored = GoldenFile.Read("course.v1.bin", nameof(CourseCodec), CourseCodec.Encode(expected, 4));

        CourseDefinitionTests.AssertSame((expected, 4), CourseCodec.Decode(stored));
    }

    [Fact]
    public void ModelCatalog_Format1_StillMeansTheSame()
    {
        var expected = GoldenValues.Models;
        var stored = GoldenFile.Read("model-catalog.v1.bin", nameof(ModelCatalogCodec), ModelCatalogCodec.Encode(expected));

        var read = ModelCatalogCodec.Decode(stored);
        Assert.Equal((expected.Revision, expected.Shadow, expected.Champion), (read.Revision, read.Shadow, read.Champion));
        Assert.Equal(expected.Models, read.Models);
        Assert.Equal(expected.Champions, read.Champions);
    }

    // The values are written out here rather than folded again: how events are folded may change without the layout changing.
    [Fact]
    public void LearnerSnapshot_Format1_StillMeansTheSame()
    {
        var stored = GoldenFile.Read("learner-snapshot.v1.bin", nameof(LearnerSnapshotCodec));
        var learner = LearnerSnapshotCodec.Decode(stored);
        GoldenFile.AssertUnchanged("learner-snapshot.v1.bin", nameof(LearnerSnapshotCodec), stored, LearnerSnapshotCodec.Encode(learner));

        Assert.Equal((2, 11, MondayMs, MondayMs + (70 * DayMs)), (learner.Sequence, learner.EventCount, learner.FirstEventAtMs, learner.LastEventAtMs));
        Assert.Equal(["веб", "app"], learner.Sources.Select(s => s.Name));
        Assert.Equal((MondayMs + (70 * DayMs), 19_826), (learner.Sources[1].NewestAtMs, learner.Sources[1].FloorDay));
        Assert.Equal([(19_856, 5)], learner.Sources[1].Days.Select(d => (d.Day, d.Count)));
        Assert.Equal([(19_786, 4)], learner.Sources[0].Days.Select(d => (d.Day, d.Count)));
        Assert.Equal(["algebra", "文学"], learner.Enrolments.Select(e => e.Course.Value));

        var algebra = learner.Enrolments[0];
        Assert.Equal((EnrolmentStatus.Completed, 2), (algebra.Status, algebra.Attempt));
        Assert.Equal((MondayMs, MondayMs + (70 * DayMs)), (algebra.EnrolledAtMs, algebra.LastActivityAtMs));
        Assert.Equal((MondayMs + (80 * DayMs), 0.75f, MondayMs + (80 * DayMs), 2), (algebra.CompletedAtMs, algebra.Probability, algebra.EvaluatedAtMs, algebra.ChangedAtSequence));
        Assert.Equal([0, 20_000, 30_000, 40_000], algebra.FindLesson("lesson-1")!.Coverage.Bounds.ToArray());
        Assert.Equal((30_000, 40_000, 60_000_000), (algebra.UniqueMs, algebra.WatchedMs, algebra.SpeedWeightedMs));
        Assert.Equal((1, 1, 1), (algebra.CountOf(EventKind.Enrolled), algebra.CountOf(EventKind.Withdrew), algebra.CountOf(EventKind.AssessmentSubmitted)));
        Assert.Equal((700_000, MondayMs + DayMs), (algebra.FindAssessment("test-1")!.BestScorePpm, algebra.FindAssessment("test-1")!.DueAtMs));
        Assert.Equal((2, 3), (algebra.ActiveDays.Count, algebra.Sessions));
        Assert.Equal("s1", algebra.SessionId);

        var literature = learner.Enrolments[1];
        Assert.Equal((EnrolmentStatus.Active, true, 4500), (literature.Status, literature.FindReaction("")!.Liked, literature.FindReaction("é")!.StarsMilli));
        Assert.Equal((3, 1), (literature.FamilyCounts[(int)ActivityFamily.Page], literature.CheckInDays.Count));
        Assert.Equal(3, literature.Recent.Counts[(int)DecayFamily.Navigation * DecayedCounts.HalfLifeCount]);
    }
}
