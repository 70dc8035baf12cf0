using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Comments.Opinions;

public class CommentOpinionRulesTests
{
    private const int ChecksumBytes = 8;

    private static readonly Gen<(LearnerEvent Event, int Percent, int Later)[]> _comments = Gen.Select(
            Gen.Int[0, 100],
            Gen.Int[0, 60],
            Gen.Int[0, 127],
            Gen.OneOf<string?>("a", "b", null),
            Gen.Int[0, 60 * 24],
            Gen.Int[0, 100],
            Gen.Select(Gen.Int[0, 8], Gen.Int[0, 99].Nullable()),
            (positive, spam, aspects, lesson, hour, percent, more) => (Event: Event(EventKind.Commented, atMs: MondayMs + (hour * HourMs)) with
            {
                Text = "text",
                Lesson = lesson,
                PositionMs = more.Item2 * 1000,
                Note = new(CommentLanguage.English, (byte)positive, 0, 0, (byte)spam, new((byte)aspects)),
            }, Percent: percent, Later: more.Item1))
        .Array[1, 30]
        .Select(all => Learners.LearnerEventGen.Identified([.. all.Select(comment => comment.Event)]).Zip(all, (e, comment) => (e, comment.Percent, comment.Later)).ToArray());

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-0.01)]
    [InlineData(1.01)]
    public void Of_WhatIsNoProbability_Throws(double positive) => Assert.Throws<ArgumentOutOfRangeException>(nameof(positive), () =>
        CommentOpinionRules.Of(Event(EventKind.Commented) with { Text = "text", Note = new(CommentLanguage.English, 50, 0, 0, 0, default) }, positive));

    [Fact]
    public void Fold_OpinionsThatComeLater_GiveWhatTheirNotesWouldHaveGiven() => _comments.Sample(comments =>
    {
        var expected = new LearnerState();
        var actual = new LearnerState();
        var waiting = new List<(int At, CommentOpinion Opinion)>();
        for (var i = 0; i < comments.Length; i++)
        {
            var (e, percent, later) = comments[i];
            Fold(actual, e);
            if (CommentOpinionRules.IsUnsure(e, 50))
            {
                waiting.Add((i + later, CommentOpinionRules.Of(e, percent / 100.0)));
                e = e with { Note = e.Note!.Value with { PositivePercent = (byte)percent } };
            }

            Fold(expected, e);
            foreach (var (_, opinion) in waiting.Where(opinion => opinion.At == i))
            {
                CommentOpinionRules.Fold(actual, opinion);
            }
        }

        foreach (var (_, opinion) in waiting.Where(opinion => opinion.At >= comments.Length))
        {
            CommentOpinionRules.Fold(actual, opinion);
        }

        var (one, other) = (expected.Enrolments[0].Comments!, actual.Enrolments[0].Comments!);
        Assert.Equal(one.Counts, other.Counts);
        Assert.Equal(one.Aspects.ToArray(), other.Aspects.ToArray());
        Assert.Equal(Lessons(one), Lessons(other));
        Assert.Equal(one.Latest, other.Latest);
        Assert.Equal(one.Recent.Weight, other.Recent.Weight, 1e-9);
        Assert.Equal(one.Recent.Mean, other.Recent.Mean, 1e-6);
        Assert.Equal(expected.StateBytes, actual.StateBytes);
    });

    [Fact]
    public void Frame_WithOpinions_ReplaysAsItWasLived()
    {
        var live = new LearnerState();
        var comment = Comment("1", 47) with { Lesson = "lesson-1" };
        var first = Lived(live, new(1, MondayMs, 1, "prior-1", [comment], null, []));
        var second = Lived(live, new(2, MondayMs + 1, 1, "prior-1", [Comment("2", 90)], null, []) { Opinions = [CommentOpinionRules.Of(comment, 0.034), CommentOpinionRules.Of(Comment("2", 90), 1)] });

        var replayed = new LearnerState();
        LearnerFrame.Decode(first).Replay(replayed, LearnerPolicy.Default);
        var read = LearnerFrame.Decode(second);
        read.Replay(replayed, LearnerPolicy.Default);

        Assert.Equal([3, 100], read.Opinions.Select(opinion => opinion.PositivePercent));
        Assert.Equal(103, replayed.Enrolments[0].Comments!.Counts.PositivePercent);
        Assert.Equal(LearnerSnapshotCodec.Encode(live), LearnerSnapshotCodec.Encode(replayed));
    }

    [Theory]
    [InlineData(36, 0, EventKind.Commented, true)]
    [InlineData(64, 50, EventKind.QuestionAnswered, true)]
    [InlineData(35, 0, EventKind.Commented, false)]
    [InlineData(65, 0, EventKind.Commented, false)]
    [InlineData(50, 51, EventKind.Commented, false)]
    [InlineData(50, 0, EventKind.Withdrew, false)]
    public void IsUnsure_OnlyNearOneHalf(int positive, int spam, EventKind kind, bool expected) =>
        Assert.Equal(expected, CommentOpinionRules.IsUnsure(Event(kind) with { Text = "text", Note = new(CommentLanguage.English, (byte)positive, 0, 0, (byte)spam, default) }, 15));

    // A release that kept no contentment by lesson leaves a lesson with comments and without it.
    [Fact]
    public void Fold_OnACommentOfAnEarlierRelease_LeavesTheLessonsContentmentAsItIs()
    {
        var comment = Comment("1", 50) with { Lesson = "a" };
        var state = new LearnerState();
        Fold(state, comment);
        var learner = LearnerSnapshotCodec.Decode(WithoutContentment(LearnerSnapshotCodec.Encode(state)));
        LessonComments Lesson() => learner.Enrolments[0].Comments!.Lessons[0];
        Assert.Equal((1, 0), (Lesson().Counts.Texts, Lesson().Recent.Weight));

        CommentOpinionRules.Fold(learner, CommentOpinionRules.Of(comment, 0.9));
        Assert.Equal((90, 0.0, 0.5), (Lesson().Counts.PositivePercent, Lesson().Recent.Weight, Lesson().Recent.Mean));
        Fold(learner, Event(EventKind.Commented, "2", MondayMs + 1) with { Lesson = "a", Text = "text", Note = new(CommentLanguage.English, 80, 0, 0, 0, default) });
        Assert.Equal((1, 0.8), (Lesson().Recent.Weight, Lesson().Recent.Mean));
        CommentOpinionRules.Fold(learner, CommentOpinionRules.Of(comment, 1));
        Assert.InRange(Lesson().Recent.Mean, 0, 1);
    }

    [Fact]
    public void Fold_WhatNobodyWrote_ChangesNothing()
    {
        var state = new LearnerState();
        Assert.False(CommentOpinionRules.Fold(state, CommentOpinionRules.Of(Comment("1", 50), 0.9)));
        Fold(state, Event(EventKind.Liked));
        Assert.False(CommentOpinionRules.Fold(state, CommentOpinionRules.Of(Comment("1", 50), 0.9)));
        Fold(state, Comment("1", 50));
        Assert.False(CommentOpinionRules.Fold(state, CommentOpinionRules.Of(Comment("1", 50), 0.5)));
        Assert.True(CommentOpinionRules.Fold(state, CommentOpinionRules.Of(Comment("1", 50), 0.9)));
    }

    // The addition of one lesson with one comment of 50 %, cut out.
    private static byte[] WithoutContentment(byte[] snapshot)
    {
        var addition = new PayloadWriter();
        addition.Byte(6);
        addition.UInt(0);
        addition.Int(MondayMs);
        addition.Double(1);
        addition.Double(0.5);
        addition.UInt(0);
        var cut = addition.Finish().AsSpan()[..^ChecksumBytes];
        var content = snapshot.AsSpan()[..^ChecksumBytes];
        Assert.True(content.EndsWith(cut), "The addition stands behind all that an earlier release reads.");
        var earlier = new PayloadWriter();
        foreach (var b in content[..^cut.Length])
        {
            earlier.Byte(b);
        }

        return earlier.Finish();
    }

    private static LearnerEvent Comment(string id, int positive) =>
        Event(EventKind.Commented, id) with { Text = "text", Note = new(CommentLanguage.English, (byte)positive, 0, 0, 0, CommentAspectSet.Of(CommentAspect.Pace)) };

    private static void Fold(LearnerState state, LearnerEvent e) => LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);

    private static (string, CommentCounts, string, double)[] Lessons(EnrolmentComments comments) =>
        [.. comments.Lessons.Select(lesson => (lesson.Lesson, lesson.Counts, string.Join(' ', lesson.Placed.Hundredths(100_000)), Math.Round(lesson.Recent.Mean, 6)))];

    private static byte[] Lived(LearnerState state, LearnerFrame frame)
    {
        foreach (var e in frame.Events)
        {
            Fold(state, e);
        }

        foreach (var opinion in frame.Opinions)
        {
            CommentOpinionRules.Fold(state, opinion);
        }

        frame.Conclude(state);
        return frame.Encode(new PayloadWriter());
    }
}
