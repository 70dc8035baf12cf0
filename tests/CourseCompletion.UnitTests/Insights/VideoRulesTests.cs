using System.Globalization;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Insights;
using CourseCompletion.UnitTests.Stores;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.UnitTests.Insights;

/// <remarks><c>INSIGHT_VIDEOS=1000</c> simulates so many videos of either kind instead of 40.</remarks>
public class VideoRulesTests(ITestOutputHelper output)
{
    private const int Seed = 20260101;

    private static int VideoCount => int.Parse(Environment.GetEnvironmentVariable("INSIGHT_VIDEOS") ?? "40", CultureInfo.InvariantCulture);

    [Fact]
    public void Look_SimulatedVideos_FindsWhatIsPlantedAndNothingElse()
    {
        var random = new Random(Seed);
        int found = 0, missed = 0, wrong = 0, wrongWithout = 0, foundPeaks = 0, wrongPeaks = 0;
        for (var i = 0; i < VideoCount; i++)
        {
            var seconds = random.Next(120, 900);
            var viewers = random.Next(200, 400);
            var from = random.Next(seconds / 10, seconds * 7 / 10);
            var planted = new SimulatedVideo(seconds, viewers, from, from + random.Next(10, 30));
            var seen = VideoRules.Look(planted.Lesson, planted.Play(random).Sums, null, InsightPolicy.Default);
            var hits = seen.Confusing.Count(segment => Touches(segment.First, segment.Last, planted));
            (found, missed, wrong) = (found + Math.Min(1, hits), missed + (hits == 0 ? 1 : 0), wrong + seen.Confusing.Count - hits);
            var peaks = seen.Peaks.Count(peak => Touches(peak.Position, peak.Position, planted));
            (foundPeaks, wrongPeaks) = (foundPeaks + Math.Min(1, peaks), wrongPeaks + seen.Peaks.Count - peaks);

            var plain = new SimulatedVideo(seconds, viewers, -1, -1);
            seen = VideoRules.Look(plain.Lesson, plain.Play(random).Sums, null, InsightPolicy.Default);
            (wrongWithout, wrongPeaks) = (wrongWithout + seen.Confusing.Count, wrongPeaks + seen.Peaks.Count);
        }

        output.WriteLine($"{found} of {found + missed} planted segments found, {wrong} others in the same videos, {wrongWithout} in {VideoCount} videos without one");
        output.WriteLine($"a peak at {foundPeaks} of them, {wrongPeaks} peaks elsewhere in {2 * VideoCount} videos");
        Assert.True(foundPeaks >= 0.95 * VideoCount, $"peaks at {foundPeaks} of {VideoCount}");
        Assert.True(wrongPeaks <= 0.05 * 2 * VideoCount, $"{wrongPeaks} false peaks");
        Assert.True(found >= 0.95 * VideoCount, $"{found} of {VideoCount}");
        Assert.True(wrong + wrongWithout <= 0.05 * 2 * VideoCount, $"{wrong} and {wrongWithout} false ones");
    }

    [Fact]
    public void Look_SimulatedVideos_RetentionIsTheExactOne()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 10; i++)
        {
            var video = new SimulatedVideo(random.Next(60, 900), 200, -1, -1);
            var (sums, exact) = video.Play(random);
            var retention = VideoRules.Look(video.Lesson, sums, null, InsightPolicy.Default).Retention;

            for (var place = 0; place < retention.Length; place++)
            {
                Assert.Equal(exact[place], retention[place], 0.01);
            }
        }
    }

    [Fact]
    public void Look_SceneChangesThere_IsNotConfusing()
    {
        var random = new Random(Seed);
        var video = new SimulatedVideo(500, 400, 200, 210);
        var (sums, _) = video.Play(random);

        Assert.NotEmpty(VideoRules.Look(video.Lesson, sums, null, InsightPolicy.Default).Confusing);
        Assert.Empty(VideoRules.Look(video.Lesson with { SceneChanges = new([195_000, 200_000, 205_000, 210_000, 215_000]) }, sums, null, InsightPolicy.Default).Confusing);
    }

    [Fact]
    public void Look_FewViewers_JudgesNothing()
    {
        var sums = new LessonSums { Started = 49, Marks = new() };
        Array.Fill(sums.Reached, 49);
        (sums.Marks.Rewatched[50], sums.Marks.Paused[50]) = (40, 40);

        Assert.Empty(VideoRules.Look(new() { Id = "video", LengthMs = 100_000 }, sums, null, InsightPolicy.Default).Peaks);
    }

    [Fact]
    public void Look_OnePlaceStandsOut_IsAPeakOfItsKind()
    {
        var sums = new LessonSums { Started = 500, Marks = new() };
        Array.Fill(sums.Reached, 500);
        sums.Marks.Returned.AsSpan(30..33).Fill(100);

        var peak = Assert.Single(VideoRules.Look(new() { Id = "video", LengthMs = 100_000 }, sums, null, InsightPolicy.Default).Peaks);
        Assert.Equal((VideoPeakKind.Returned, 31), (peak.Kind, peak.Position));
    }

    [Fact]
    public void Look_NobodyStarted_IsAllZero()
    {
        var video = VideoRules.Look(new() { Id = "video", LengthMs = 100_000 }, new(), null, InsightPolicy.Default);

        Assert.Equal(100, video.Retention.Length);
        Assert.All([.. video.Retention, .. video.Rewatched, .. video.Paused, .. video.Returned], share => Assert.Equal(0, share));
    }

    [Fact]
    public void Look_CommentsAtAConfusingPart_AreCountedWithIt()
    {
        var video = new SimulatedVideo(300, 400, 120, 140);
        var sums = video.Play(new Random(Seed)).Sums;
        var part = Assert.Single(VideoRules.Look(video.Lesson, sums, null, InsightPolicy.Default).Confusing);
        var course = new RosterSums();
        foreach (var position in new[] { part.First - 2, part.First - 1, part.Peak, part.Last + 1, part.Last + 2 })
        {
            course.Add(GoldenValues.Row with { Lessons = [], Comments = At(position) }, 1);
        }

        var seen = VideoRules.Look(video.Lesson, sums, course.Comments.Lessons[video.Lesson.Id], InsightPolicy.Default);
        Assert.Equal(3, Assert.Single(seen.Confusing).Confused);
        Assert.Equal(5, seen.Confused.Sum());

        RosterComments At(int position) =>
            new(default, new CommentCounts[CommentAspectSet.AspectCount], [new(video.Lesson.Id, default, UInt128.One << position)], null, null);
    }

    private static bool Touches(int first, int last, SimulatedVideo video) =>
        (first - 2) * video.Seconds <= video.ConfusingTo * 100 && (last + 3) * video.Seconds >= video.ConfusingFrom * 100;
}
