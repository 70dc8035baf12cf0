using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.UnitTests.Courses;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Comments;

public class EnrolmentCommentsTests
{
    private static readonly CourseDefinition _course = CourseBuilder.Course("algebra", CourseBuilder.Video("a"), CourseBuilder.Video("b"));

    private static readonly Gen<LearnerEvent[]> _comments = Gen.Select(
            Gen.Int[0, 100],
            Gen.Int[0, 100],
            Gen.Int[0, 60],
            Gen.Int[0, 127],
            Gen.OneOf<string?>("a", "b", "elsewhere", null),
            Gen.Int[0, 99].Nullable(),
            Gen.Int[0, 60 * 24],
            (positive, confusion, spam, aspects, lesson, position, hour) => Event(EventKind.Commented, atMs: MondayMs + (hour * HourMs)) with
            {
                Text = "text",
                Lesson = lesson,
                PositionMs = position * 1000,
                Note = new(CommentLanguage.English, (byte)positive, (byte)confusion, 0, (byte)spam, new((byte)aspects)),
            })
        .Array[1, 30]
        .Select(Learners.LearnerEventGen.Identified);

    [Fact]
    public void Fold_AnotherOrder_GivesTheSameCountsAndNearlyTheSameTrend() => _comments.SelectMany(all => Gen.Shuffle(all).Select(shuffled => (all, shuffled))).Sample((all, shuffled) =>
    {
        var (expected, actual) = (Of(all), Of(shuffled));

        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Aspects.ToArray(), actual.Aspects.ToArray());
        Assert.Equal(expected.Latest, actual.Latest);
        Assert.Equal(expected.Recent.Mean, actual.Recent.Mean, 1e-6);
        Assert.Equal(expected.Recent.Weight, actual.Recent.Weight, 1e-6);
        var others = actual.Lessons.ToDictionary(lesson => lesson.Lesson);
        Assert.All(expected.Lessons, lesson =>
        {
            Assert.Equal(lesson.Counts, others[lesson.Lesson].Counts);
            Assert.Equal(lesson.Placed.Hundredths(99_000), others[lesson.Lesson].Placed.Hundredths(99_000));
            Assert.Equal(lesson.Recent.Mean, others[lesson.Lesson].Recent.Mean, 1e-6);
        });
    });

    [Fact]
    public void Fold_MoreTextsWithAPositionThanAreKept_KeepsTheSameOnesInAnyOrder() => Gen.Shuffle(ManyPlaced()).Sample(shuffled =>
    {
        var (expected, actual) = (Of(ManyPlaced()).Lessons[0].Placed, Of(shuffled).Lessons[0].Placed);

        Assert.Equal(PlacedContentment.TextsMax, actual.Count);
        Assert.Equal(expected.Hundredths(100_000), actual.Hundredths(100_000));
    }, iter: 100);

    [Fact]
    public void From_TextsAtPositions_TellsContentmentByHundredth()
    {
        var row = RowOf(
        [
            Comment("1", 80, MondayMs) with { Lesson = "a", PositionMs = 41_000 },
            Comment("2", 10, MondayMs) with { Lesson = "a", PositionMs = 41_900 },
            Comment("3", 30, MondayMs) with { Lesson = "a", PositionMs = 7_000 },
            Comment("4", 30, MondayMs) with { Lesson = "a", PositionMs = 100_000 },
            Comment("5", 30, MondayMs) with { Lesson = "a" },
        ]);

        Assert.Equal([new(7, 1, 30), new(41, 2, 90)], row.Comments!.Lessons[0].Placed);
        var sums = RosterGen.Summed([row, row]).Comments.Lessons["a"];
        Assert.Equal((4, 180, 2, 0), (sums.TextsAt[41], sums.PositivePercentAt[41], sums.TextsAt[7], sums.TextsAt[99]));
    }

    [Fact]
    public void Recent_ManyLearnersOfDifferentTimes_IsWhatEachOfThemWeighsByNow() => Gen.Select(_comments.Array[1, 8], Gen.Int[0, 100]).Sample((learners, later) =>
    {
        var nowMs = MondayMs + ((60 + later) * DayMs);
        var sums = RosterGen.Summed([.. learners.Select(RowOf)]);
        var recent = learners.Select(events => Of(events).Recent).ToArray();
        var weight = recent.Sum(one => one.WeightAt(nowMs));
        var (summed, mean) = sums.Comments.Recent.At(nowMs);

        Assert.Equal(weight, summed, 0.001 * learners.Length);
        Assert.True(weight < 0.05 || Math.Abs(mean - (recent.Sum(one => one.WeightAt(nowMs) * one.Mean) / weight)) < 0.02 * learners.Length);
    });

    [Fact]
    public void Fold_AnyComments_CountsWhatIsNoSpam() => _comments.Sample(all =>
    {
        var comments = Of(all);
        var read = all.Where(e => !e.Note!.Value.IsSpam).ToList();

        Assert.Equal((read.Count, all.Length - read.Count), (comments.Counts.Texts, comments.Counts.Spam));
        Assert.Equal(read.Sum(e => e.Note!.Value.PositivePercent), comments.Counts.PositivePercent);
        Assert.Equal(read.Count(e => e.Note!.Value.IsConfused), comments.Counts.Confused);
        Assert.Equal(read.Count(e => e.Lesson == "a"), comments.Lessons.SingleOrDefault(lesson => lesson.Lesson == "a")?.Counts.Texts ?? 0);
    });

    [Fact]
    public void Fold_AFortnightLater_OlderCommentsCountHalf()
    {
        var comments = Of(Comment("1", 100, MondayMs), Comment("2", 0, MondayMs + (14 * DayMs)));

        Assert.Equal(1.5, comments.Recent.Weight, 1e-9);
        Assert.Equal(0.5 / 1.5, comments.Recent.Mean, 1e-9);
    }

    [Fact]
    public void Fold_AnAbusiveReason_CountsAsAbuseOnly()
    {
        var comments = Of(Event(EventKind.Withdrew) with { Text = "…", Note = new(CommentLanguage.English, 10, 0, 0, 90, default) });

        Assert.Equal((1, null, null), (comments.Counts.Spam, comments.Reason, comments.Latest));
    }

    [Fact]
    public void From_WhoEnrolledAgain_HasNoReason()
    {
        LearnerEvent[] events = [Event(EventKind.Withdrew, "1") with { Text = "no time", Note = new(CommentLanguage.English, 10, 0, 0, 0, default) }, Event(EventKind.Enrolled, "2", MondayMs + 1)];

        Assert.NotNull(RowOf(events[..1]).Comments!.Reason);
        Assert.Null(RowOf(events).Comments!.Reason);
    }

    [Fact]
    public void Fold_AReasonForWithdrawing_IsKeptApart()
    {
        var comments = Of(Event(EventKind.Withdrew) with { Text = "too expensive", Note = new(CommentLanguage.English, 10, 0, 0, 0, CommentAspectSet.Of(CommentAspect.Price)) });

        Assert.Equal((0, null), (comments.Counts.Texts, comments.Latest));
        Assert.Equal("too expensive", comments.Reason!.Excerpt);
    }

    [Fact]
    public void Decode_AnyComments_StayInSnapshotAndFrame() => _comments.Sample(all =>
    {
        var state = StateOf(all);
        var snapshot = LearnerSnapshotCodec.Encode(state);
        var frame = new LearnerFrame(1, MondayMs, 1, "model", all, null, []);

        Assert.Equal(snapshot, LearnerSnapshotCodec.Encode(LearnerSnapshotCodec.Decode(snapshot)));
        Assert.Equal(state.Enrolments[0].Comments!.Bytes, LearnerSnapshotCodec.Decode(snapshot).Enrolments[0].Comments!.Bytes);
        Assert.InRange(snapshot.Length, 1, state.StateBytes + 64);
        Assert.Equal(all.Select(e => e.Note), LearnerFrame.Decode(frame.Encode(new())).Events.Select(e => e.Note));
    });

    [Fact]
    public void Sums_RowsComeAndGo_AreThoseOfWhatIsLeft() => Gen.Select(_comments, _comments).Sample((some, others) =>
    {
        var (row, other) = (RowOf(some), RowOf(others));
        var sums = RosterGen.Summed([row, other]);
        sums.Add(row, -1);

        RosterGen.AssertSame(RosterGen.Summed([other]), sums);
        RosterGen.AssertSame(sums, RosterSumsCodec.Decode(RosterSumsCodec.Encode(sums)));
        RosterGen.AssertSame(row, RosterRowCodec.Decode(RosterRowCodec.Encode(row)));
        Assert.Equal(RosterRowCodec.Encode(row), RosterRowCodec.Encode(RosterRowCodec.Decode(RosterRowCodec.Encode(row))));
    });

    [Fact]
    public void From_LessonsOutsideTheDefinition_CountForTheCourseOnly()
    {
        var row = RowOf([Comment("1", 50, MondayMs) with { Lesson = "elsewhere" }, Comment("2", 50, MondayMs) with { Lesson = "a", PositionMs = 41_000, Note = new(CommentLanguage.English, 50, 90, 0, 0, default) }]);

        Assert.Equal([("a", UInt128.One << 41)], row.Comments!.Lessons.Select(lesson => (lesson.Lesson, lesson.ConfusedAt)));
        Assert.Equal(2, row.Comments.Counts.Texts);
    }

    [Theory]
    [InlineData("short", "short")]
    [InlineData("", "")]
    public void ExcerptOf_ShortText_IsTheText(string text, string excerpt) => Assert.Equal(excerpt, LatestComment.ExcerptOf(text));

    [Fact]
    public void ExcerptOf_LongText_EndsWithAWholeCodePoint() => Assert.All(Enumerable.Range(0, 4), begin =>
    {
        var excerpt = LatestComment.ExcerptOf(new string('a', begin) + string.Concat(Enumerable.Repeat("👩", 100)));

        Assert.InRange(excerpt.Length, LatestComment.ExcerptMax - 1, LatestComment.ExcerptMax);
        Assert.EndsWith("👩…", excerpt, StringComparison.Ordinal);
    });

    private static LearnerEvent Comment(string id, byte positive, long atMs) =>
        Event(EventKind.Commented, id, atMs) with { Note = new(CommentLanguage.English, positive, 0, 0, 0, default) };

    private static LearnerEvent[] ManyPlaced() =>
        [.. Enumerable.Range(0, 100).Select(i => Comment($"{i}", (byte)i, MondayMs + i) with { Lesson = "a", PositionMs = i * 1_000 })];

    private static EnrolmentComments Of(params LearnerEvent[] events) => StateOf(events).Enrolments[0].Comments!;

    private static RosterRow RowOf(LearnerEvent[] events)
    {
        var state = StateOf(events);
        return RosterRow.From(new("ada"), 1, _course, state, state.Enrolments[0], 0.5f, MondayMs, new float[Domain.Completion.CompletionFeatures.Count]);
    }

    private static LearnerState StateOf(LearnerEvent[] events)
    {
        var state = new LearnerState();
        foreach (var e in events)
        {
            LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
        }

        return state;
    }
}
