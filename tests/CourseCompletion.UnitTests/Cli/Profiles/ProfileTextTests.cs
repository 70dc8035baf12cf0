using CourseCompletion.Cli.Profiles;
using CourseCompletion.Protocol.V1;
using Xunit;

namespace CourseCompletion.UnitTests.Cli.Profiles;

public class ProfileTextTests
{
    [Fact]
    public void Write_Everything_IsALineAFigure()
    {
        var profile = new LearningProfile
        {
            Rhythm = new() { TimeZone = "Asia/Kolkata", BestHours = { new HourShare { FromMinute = 1290, Share = 0.5 } }, BestDays = { new WeekdayShare { Weekday = 7, Share = 0.25 } }, TypicalGapDays = 1.5 },
            SessionSeconds = 750,
            UniqueWatchedSeconds = 1_234,
            RewatchedSeconds = 56,
            MeanSpeed = 1.25,
            Clips = new()
            {
                PreferredSeconds = 252,
                Lengths = { new LengthShare { Length = ClipLength._3To6Minutes, Opened = 4, Finished = 3 } },
                Formats = { new FormatShare { Kind = LessonKind.Quiz, Opened = 6, Completed = 5 } },
            },
            Contentment = new() { Recent = 0.75, Overall = 0.5, Texts = 7 },
            Courses = { new CourseRecord { CourseId = "c1", LessonsPerWeek = 2, NeededPerWeek = 3.25, NeededBy = new() { Seconds = 86_400 }, CheckIns = new() { CurrentStreak = 1, LongestStreak = 2, DaysOf28 = 3 }, OpenQuestions = 4 } },
            Strengths = { new LessonStrength { CourseId = "c1", LessonId = "x", Reason = StrengthReason.HighScore, Figure = 0.9 } },
            Gaps = { new LessonGap { CourseId = "c1", LessonId = "y", Reason = GapReason.Overdue, Figure = 3.5, Severity = 0.6 } },
        };
        using var text = new StringWriter { NewLine = "\n" };

        ProfileText.Write(text, profile);

        Assert.Equal(
            """
            hours     21:30 (50.0 %), Asia/Kolkata
            days      Sunday (25.0 %)
            absence   1.5 days from one active day to the next
            session   12.5 minutes
            watched   1,234 s, 56 s again, at speed 1.25
            clips     4.2 minutes, of those watched to the end
                      3 to 6 minutes: 3 of 4 finished
            format    quiz: 5 of 6 completed
            content   75.0 % lately, 50.0 % in all 7 comments
            pace      c1: 2 lessons a week, 3.3 needed until 1970-01-02 00:00:00Z
            check-ins c1: streak 1, longest 2, 3 of the last 28 days
            questions c1: 4 without an accepted answer
            strong    x of c1: score 90.0 %
            gap       y of c1: due 3.5 days ago

            """.ReplaceLineEndings("\n"),
            text.ToString());
    }
}
