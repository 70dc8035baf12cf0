using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Learners;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Courses;

public class CourseDefinitionTests
{
    private static readonly Gen<(CourseDefinition Course, int ShardCount)> _stored = Gen.Select(
        CourseBuilder.Definition("algebra"), LearnerEventGen.Id, LearnerEventGen.Id.Array[0, 5], Gen.Long[1, long.MaxValue], Gen.Bool, Gen.Int[1, 64],
        (course, id, texts, number, draft, shards) => (
            course with
            {
                Course = new CourseId(id),
                Version = number,
                Title = texts.FirstOrDefault(""),
                Tags = texts,
                Lessons = [.. course.Lessons.Select((l, i) => l with { Title = texts.ElementAtOrDefault(i) ?? "" })],
                TimeZone = "Asia/Kathmandu",
                IsDraft = draft,
                CreatedAtMs = number / 2,
                UpdatedAtMs = number,
            },
            shards));

    [Fact]
    public void Lookups_AnyDefinition_AreWhatGoingThroughTheLessonsGives() => CourseBuilder.Definition("algebra").Sample(course =>
    {
        var required = course.Lessons.Where(l => l.Required).ToArray();

        Assert.Equal(required.Length, course.RequiredLessons);
        Assert.Equal(required.Sum(l => l.WeightMilli), course.RequiredWeightMilli);
        Assert.Equal(course.Lessons.Sum(l => l.LengthMs), course.LengthMs);
        var due = course.Lessons.Where(l => l.DueAtMs is not null).OrderBy(l => l.DueAtMs).ToArray();
        Assert.Equal(due.Length, course.DueLessons);
        Assert.All(
            course.Lessons.SelectMany(l => l.DueAtMs is { } at ? (long[])[at - 1, at, at + 1] : []),
            asOfMs => Assert.Equal(due.Count(l => l.DueAtMs <= asOfMs), course.DueBy(asOfMs)));
        Assert.Equal(
            Enumerable.Range(0, due.Length),
            Enumerable.Range(0, course.Lessons.Count).Where(i => course.Lessons[i].DueAtMs is not null).Select(course.DuePlaceOf).Order());
        Assert.All(
            Enumerable.Range(0, course.Lessons.Count),
            i => Assert.Equal(course.Lessons[i].DueAtMs, course.DuePlaceOf(i) is var place and >= 0 ? due[place].DueAtMs : null));
        for (var i = 0; i < course.Lessons.Count; i++)
        {
            Assert.Same(course.Lessons[i], course.FindLesson(course.Lessons[i].Id, out var index));
            Assert.Equal(i, index);
        }

        Assert.Null(course.FindLesson("no such lesson", out var none));
        Assert.Equal(-1, none);
    });

    [Fact]
    public void With_OtherLessons_LooksUpThose()
    {
        var course = CourseBuilder.Course("algebra", CourseBuilder.Video("v"));
        Assert.NotNull(course.FindLesson("v"));
        var next = course with { Version = 2, Lessons = [CourseBuilder.Video("w"), CourseBuilder.Video("x")] };

        Assert.Null(next.FindLesson("v"));
        Assert.Equal((2, 200_000, 1), (next.RequiredLessons, next.LengthMs, course.RequiredLessons));
    }

    [Fact]
    public void Equals_LookedUpBefore_StaysEqual()
    {
        LessonDefinition[] lessons = [CourseBuilder.Video("v")];
        var (course, same) = (CourseBuilder.Course("algebra", lessons), CourseBuilder.Course("algebra", lessons));
        Assert.NotNull(course.FindLesson("v"));

        Assert.Equal(course, same);
        Assert.Equal(course.GetHashCode(), same.GetHashCode());
        Assert.Equal(course with { Title = "x" }, same with { Title = "x" });
    }

    [Fact]
    public void HasContentOf_AnyDefinition_IsTrueForAllButVersionAndTimes() => Gen.Select(CourseBuilder.Definition("algebra"), Gen.Int[0, 10]).Sample((course, change) =>
    {
        var copy = course with { Version = 9, CreatedAtMs = 1, UpdatedAtMs = 2, Lessons = [.. course.Lessons.Select(l => l with { })], Tags = [.. course.Tags] };
        var changed = change switch
        {
            0 => copy with { Title = "x" },
            1 => copy with { Tags = ["x"] },
            2 => copy with { Lessons = [.. copy.Lessons, CourseBuilder.Video("x")] },
            3 => copy with { Rule = new(CompletionRuleKind.Share, 2, null) },
            4 => copy with { StartsAtMs = 1 },
            5 => copy with { EndsAtMs = 1 },
            6 => copy with { TimeZone = "Asia/Kathmandu" },
            7 => copy with { IsDraft = true },
            8 => copy with { IsPromoted = true },
            9 => copy with { Prerequisites = ["x"] },
            _ => copy with { Course = new("x") },
        };

        Assert.True(course.HasContentOf(copy));
        Assert.False(course.HasContentOf(changed));
    });

    [Theory]
    [InlineData(1, 1000)]
    [InlineData(0.00001, 1)]
    [InlineData(2.0004, 2000)]
    [InlineData(1e6, 1_000_000_000)]
    public void WeightMilli_Weight_IsInWholeThousandthsAndAtLeastOne(double weight, long milli) =>
        Assert.Equal(milli, (CourseBuilder.Video("v") with { Weight = weight }).WeightMilli);

    [Fact]
    public void CodecDecode_AnyCourseEncoded_GivesItBack() => _stored.Sample(
        stored => AssertSame(stored, CourseCodec.Decode(CourseCodec.Encode(stored.Course, stored.ShardCount))), iter: 300);

    [Fact]
    public void CodecDecode_Draft_GivesItBack()
    {
        var draft = CourseDefinition.Draft(new("algebra"), LearnerEventBuilder.MondayMs);

        AssertSame((draft, 1), CourseCodec.Decode(CourseCodec.Encode(draft, 1)));
        Assert.Equal((true, 1, 0), (draft.IsDraft, draft.Version, draft.RequiredLessons));
    }

    [Fact]
    public void CodecDecode_AnyDamage_Throws() => _stored.Sample(
        stored => StoredBytes.AssertEveryDamageIsNoticed(CourseCodec.Encode(stored.Course, stored.ShardCount), damaged => CourseCodec.Decode(damaged)), iter: 5);

    [Fact]
    public void CodecDecode_FormatOfANewerRelease_Throws() => _stored.Sample(stored =>
        Assert.Throws<StoreCorruptException>(() => CourseCodec.Decode(StoredBytes.OfFormat(2, CourseCodec.Encode(stored.Course, stored.ShardCount)))));

    internal static void AssertSame((CourseDefinition Course, int ShardCount) expected, (CourseDefinition Course, int ShardCount) actual)
    {
        Assert.Equal(expected.ShardCount, actual.ShardCount);
        Assert.Equal(expected.Course.Lessons, actual.Course.Lessons);
        Assert.Equal(expected.Course.Tags, actual.Course.Tags);
        Assert.Equal(expected.Course with { Lessons = [], Tags = [] }, actual.Course with { Lessons = [], Tags = [] });
    }
}
