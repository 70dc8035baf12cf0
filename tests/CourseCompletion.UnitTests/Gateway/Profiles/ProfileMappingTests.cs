using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Profiles;
using CourseCompletion.Gateway.Profiles;
using Google.Protobuf.WellKnownTypes;
using Xunit;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.UnitTests.Gateway.Profiles;

public class ProfileMappingTests
{
    [Fact]
    public void ToWire_Everything_IsShownInSeconds()
    {
        var profile = new LearningProfile
        {
            Rhythm = new("Asia/Kolkata", [new(330, 0.5)], [new(7, 0.25)], 1.5),
            SessionMs = 90_500,
            UniqueMs = 10_000,
            RewatchedMs = 2_500,
            Speed = 1.25,
            Clips = new(240_000, [new(ClipLength.ThreeToSixMinutes, 4, 3)], [new(LessonKind.Reading, 6, 5)]),
            Contentment = new(0.75, 0.5, 2.5, 7),
            Courses = [new(new("c1"), 2, 3, 86_400_000, new(1, 2, 3), 4)],
            Strengths = [new(new("c1"), "x", StrengthReason.WatchedOnce, 1)],
            Gaps = [new(new("c1"), "y", GapReason.Rewatched, 0.5, 0.6)],
        };

        Assert.Equal(
            new Wire.LearningProfile
            {
                Rhythm = new() { TimeZone = "Asia/Kolkata", BestHours = { new Wire.HourShare { FromMinute = 330, Share = 0.5 } }, BestDays = { new Wire.WeekdayShare { Weekday = 7, Share = 0.25 } }, TypicalGapDays = 1.5 },
                SessionSeconds = 90.5,
                UniqueWatchedSeconds = 10,
                RewatchedSeconds = 2.5,
                MeanSpeed = 1.25,
                Clips = new()
                {
                    PreferredSeconds = 240,
                    Lengths = { new Wire.LengthShare { Length = Wire.ClipLength._3To6Minutes, Opened = 4, Finished = 3 } },
                    Formats = { new Wire.FormatShare { Kind = Wire.LessonKind.Reading, Opened = 6, Completed = 5 } },
                },
                Contentment = new() { Recent = 0.75, Overall = 0.5, Weight = 2.5, Texts = 7 },
                Courses =
                {
                    new Wire.CourseRecord
                    {
                        CourseId = "c1",
                        LessonsPerWeek = 2,
                        NeededPerWeek = 3,
                        NeededBy = new Timestamp { Seconds = 86_400 },
                        CheckIns = new() { CurrentStreak = 1, LongestStreak = 2, DaysOf28 = 3 },
                        OpenQuestions = 4,
                    },
                },
                Strengths = { new Wire.LessonStrength { CourseId = "c1", LessonId = "x", Reason = Wire.StrengthReason.WatchedOnce, Figure = 1 } },
                Gaps = { new Wire.LessonGap { CourseId = "c1", LessonId = "y", Reason = Wire.GapReason.Rewatched, Figure = 0.5, Severity = 0.6 } },
            },
            ProfileMapping.ToWire(profile));
    }

    [Fact]
    public void ToWire_HardlyAnything_LeavesTheRestAbsent()
    {
        var wire = ProfileMapping.ToWire(new() { Rhythm = new("UTC", [], [], null), Clips = new(null, [], []), Courses = [new(new("c1"), null, null, null, null, 0)], Strengths = [], Gaps = [] });

        Assert.Equal(
            new Wire.LearningProfile { Rhythm = new() { TimeZone = "UTC" }, Clips = new(), Courses = { new Wire.CourseRecord { CourseId = "c1" } } },
            wire);
    }

    [Fact]
    public void Reasons_AllOfThem_HaveTheWiresNumbersAndNames()
    {
        Assert.Equal(Named<StrengthReason>(0), Named<Wire.StrengthReason>(1));
        Assert.Equal(Named<GapReason>(0), Named<Wire.GapReason>(1));
        Assert.Equal(System.Enum.GetValues<ClipLength>().Select(length => (int)length), System.Enum.GetValues<Wire.ClipLength>().Skip(1).Select(length => (int)length));
    }

    private static IEnumerable<(string, int)> Named<T>(int skip)
        where T : struct, System.Enum => System.Enum.GetValues<T>().Skip(skip).Select(value => (value.ToString(), Convert.ToInt32(value)));
}
