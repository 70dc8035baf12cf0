using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

/// <summary>Completions counted by a living recommender, and what is expected to be gained by them.</summary>
public class CompletionLiftsTests
{
    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default with { ListsUndefined = true };

    // Counts however few there are.
    private static readonly RecommendationPolicy _eager = _policy with { GainCompletionsMin = 1, GainCourseCompletionsMin = 0 };

    // Learners' rows, one for each course taken or completed, in any order and any number of times.
    private static readonly Gen<(int Learner, int Total, int Completed)[]> _deliveries = Gen.Select(Gen.Int[0, 19], Gen.Int[1, 5], Gen.Int[0, 4]).Array[0, 200]
        .Select(rows => rows.Select(row => (row.Item1, Total: Math.Max(row.Item2, row.Item3), row.Item3)).ToArray());

    [Fact]
    public void Take_CompletionsRepeatedAndOutOfOrder_CountsEachOnce() => _deliveries.Sample(deliveries =>
    {
        var (recommender, atOnce) = (new LiveRecommender(_eager), new LiveRecommender(_eager));
        foreach (var (learner, total, completed) in deliveries)
        {
            recommender.Take(Row(learner, total, completed));
        }

        for (var learner = 0; learner < 20; learner++)
        {
            recommender.Take(Row(learner, 5, 4));
            atOnce.Take(Row(learner, 5, 4));
        }

        Assert.Equal(20 * (5 + 4), recommender.Revision);
        Assert.All(deliveries, delivery => Assert.False(recommender.Take(Row(delivery.Learner, delivery.Total, delivery.Completed))));
        Assert.Equal(20 * (5 + 4), recommender.Revision);
        Assert.Equal(GainsIn(atOnce), GainsIn(recommender));
    });

    [Fact]
    public void GainOf_CompletedMoreOftenAfterACourse_IsTheShrunkRatio()
    {
        // Of 40 who take "next" 20 took "start" before and 15 of those complete it, of the others 5 do.
        var recommender = new LiveRecommender(_eager with { GainMax = 100 });
        Feed(recommender, "a", 15, ["start", "next"], ["next"]);
        Feed(recommender, "b", 5, ["start", "next"], []);
        Feed(recommender, "c", 5, ["other", "next"], ["next"]);
        Feed(recommender, "d", 15, ["other", "next"], []);

        // 80 taken, 20 completed; both priors are 20.
        var usual = (20 + (20 * 0.25)) / (40 + 20);
        Assert.Equal((15 + (20 * usual)) / (20 + 20) / usual, Gain(recommender, "next", "start"), 1e-9);
        Assert.Equal((5 + (20 * usual)) / (20 + 20) / usual, Gain(recommender, "next", "other"), 1e-9);

        // The last course taken counts twice what the one before it does.
        var (start, other) = (Gain(recommender, "next", "start"), Gain(recommender, "next", "other"));
        Assert.Equal((start + (other / 2)) / 1.5, Gain(recommender, "next", "other", "start"), 1e-9);
        Assert.Equal(1, Gain(recommender, "next"));
        Assert.Equal(1, Gain(recommender, "start", "next"));
    }

    [Fact]
    public void GainOf_ACourseThatEverybodyCompletes_IsNone()
    {
        var recommender = new LiveRecommender(_eager);
        Feed(recommender, "a", 100, ["start", "easy"], ["easy"]);
        Feed(recommender, "b", 100, ["other", "easy"], ["easy"]);
        Feed(recommender, "c", 100, ["start", "hard"], []);

        Assert.InRange(Gain(recommender, "easy", "start"), 1, 1.1);
    }

    [Fact]
    public void GainOf_StrongerThanAllowed_IsBounded()
    {
        var recommender = new LiveRecommender(_eager);
        Feed(recommender, "a", 200, ["start", "next"], ["next"]);
        Feed(recommender, "b", 2_000, ["other", "next"], []);

        Assert.Equal(2, Gain(recommender, "next", "start"));
        Assert.Equal(0.5, Gain(recommender, "next", "other"));
    }

    [Fact]
    public void GainOf_TooFewCompletions_IsNone()
    {
        var recommender = new LiveRecommender(_policy);
        Feed(recommender, "a", 100, ["start", "next"], ["next"]);
        Feed(recommender, "b", 100, ["other", "next"], []);
        Feed(recommender, "c", 19, ["start", "rare"], ["rare"]);
        Feed(recommender, "d", 19, ["other", "rare"], []);
        Feed(recommender, "e", 80, ["third"], ["third"]);
        Assert.Equal(1, Gain(recommender, "next", "start"));

        Feed(recommender, "f", 1, ["third"], ["third"]);
        Assert.InRange(Gain(recommender, "next", "start"), 1.2, 2);
        Assert.Equal(1, Gain(recommender, "rare", "start"));
        Feed(recommender, "g", 1, ["start", "rare"], ["rare"]);
        Assert.InRange(Gain(recommender, "rare", "start"), 1.1, 2);
    }

    [Fact]
    public void FadeTo_HalfALife_HalvesWhatWasCounted()
    {
        var recommender = new LiveRecommender(_policy);
        recommender.FadeTo(20_000);
        Feed(recommender, "a", 210, ["start", "next"], ["next"]);
        Feed(recommender, "b", 210, ["other", "next"], []);
        Assert.InRange(Gain(recommender, "next", "start"), 1.5, 2);

        recommender.FadeTo(20_180);
        Assert.Equal(1, Gain(recommender, "next", "start"));

        // As many others later do what the first ones did not: they count twice as much.
        Feed(recommender, "c", 210, ["other", "next"], ["next"]);
        Feed(recommender, "d", 210, ["start", "next"], []);
        Assert.InRange(Gain(recommender, "next", "start"), 0.6, 0.8);
    }

    [Fact]
    public void Take_MoreCoursesThanARowHas_CountsCompletionsOfThoseThatStandInIt()
    {
        var recommender = new LiveRecommender(_policy);
        CourseId[] courses = [.. Enumerable.Range(0, 25).Select(i => new CourseId($"course-{i}"))];

        recommender.Take(new TasteRow(new("ada"), default, 25, courses[5..]) { CompletedTotal = 2, Completed = [courses[3], courses[7]] });
        Assert.Equal(21, recommender.Revision);
        recommender.Take(new TasteRow(new("ada"), default, 25, courses[5..]) { CompletedTotal = 3, Completed = [courses[3], courses[7], courses[24]] });
        Assert.Equal(22, recommender.Revision);
        Assert.False(recommender.Take(new TasteRow(new("ada"), default, 25, courses[5..]) { CompletedTotal = 3, Completed = [courses[3], courses[7], courses[24]] }));
    }

    [Fact]
    public void Take_MoreCompletionsThanARowHas_CountsTheNewest()
    {
        var recommender = new LiveRecommender(_policy);
        CourseId[] courses = [.. Enumerable.Range(0, 20).Select(i => new CourseId($"course-{i}"))];

        recommender.Take(new TasteRow(new("ada"), default, 20, courses) { CompletedTotal = 25, Completed = courses });
        Assert.Equal(40, recommender.Revision);
        recommender.Take(new TasteRow(new("ada"), default, 20, courses) { CompletedTotal = 26, Completed = courses });
        Assert.Equal(41, recommender.Revision);
    }

    [Fact]
    public void Take_ForgottenLearnerCompletes_CountsNothingTwice()
    {
        var recommender = new LiveRecommender(_policy with { LearnersMax = 10 });
        for (var learner = 0; learner < 100; learner++)
        {
            recommender.Take(Row(learner, 1, 0));
            recommender.Take(Row(learner, 3, 0));
            recommender.Take(Row(learner, 3, 1));
        }

        Assert.Equal(400, recommender.Revision);
        Assert.True(recommender.Take(Row(0, 3, 2)));
        Assert.Equal(400, recommender.Revision);
        Assert.True(recommender.Take(Row(0, 4, 3)));
        Assert.Equal(402, recommender.Revision);
        Assert.False(recommender.Take(Row(0, 4, 3)));
    }

    [Fact]
    public void Take_MorePairsThanAllowed_KeepsThoseTakenMost()
    {
        var recommender = new LiveRecommender(_eager with { LiftPairsMax = 2 });
        Feed(recommender, "often", 50, ["start", "next"], ["next"]);
        Feed(recommender, "never", 50, ["other", "next"], []);
        for (var course = 0; course < 20; course++)
        {
            Feed(recommender, $"once-{course}", 1, ["start", $"course-{course}"], [$"course-{course}"]);
        }

        Assert.InRange(Gain(recommender, "next", "start"), 1.2, 2);
    }

    [Fact]
    public void Codec_CheckpointAndLog_GainAsBefore()
    {
        var recommender = new LiveRecommender(_eager);
        recommender.FadeTo(20_000);
        var rows = Enumerable.Range(0, 400).Select(learner => Row(learner, 2 + (learner % 4), learner % 3)).ToList();
        rows[..300].ForEach(row => recommender.Take(row));
        recommender.FadeTo(20_007);
        var (pieces, head) = (RecommenderCodec.EncodePieces(recommender, 7), new RecommenderHead(7, 3, recommender.Day, recommender.Revision));
        var log = RecommenderCodec.EncodeLog(7, 20_008, [rows[7], rows[300], new CourseFact(new("course-0-0"), 1, "Algebra", []), .. rows[301..], rows[7]]);

        var read = new LiveRecommender(_eager);
        pieces.ForEach(piece => RecommenderCodec.DecodePiece(read, piece, 7));
        read.Settled(head);
        Assert.Equal(GainsIn(recommender), GainsIn(read));
        Assert.Contains(GainsIn(read), gain => gain is < 0.99 or > 1.01);
        Assert.Equal(pieces, RecommenderCodec.EncodePieces(read, 7));
        Assert.True(RecommenderCodec.TakeLog(read, log, 7));

        recommender.FadeTo(20_008);
        rows[300..].ForEach(row => recommender.Take(row));
        Assert.Equal(recommender.Revision, read.Revision);
        Assert.Equal(GainsIn(recommender), GainsIn(read));
        Assert.All(rows, row => Assert.False(read.Take(row)));
    }

    [Fact]
    public void Codec_ManyPairs_FitIntoPieces()
    {
        var recommender = new LiveRecommender(_eager);
        for (var learner = 0; learner < 1_500; learner++)
        {
            CourseId[] courses = [.. Enumerable.Range(0, 12).Select(i => new CourseId($"course-{learner * 31 % 400 * (i + 1) % 1_009}")).Distinct()];
            recommender.Take(new TasteRow(new($"learner-{learner}"), default, courses.Length, courses) { CompletedTotal = 1, Completed = [courses[^1]] });
        }

        var pieces = RecommenderCodec.EncodePieces(recommender, 1);
        Assert.All(pieces, piece => Assert.InRange(piece.Length, 0, 270_000));
        var read = new LiveRecommender(_eager);
        pieces.ForEach(piece => RecommenderCodec.DecodePiece(read, piece, 1));
        read.Settled(new(1, pieces.Count, recommender.Day, recommender.Revision));
        Assert.Equal(pieces, RecommenderCodec.EncodePieces(read, 1));
    }

    [Fact]
    public void Codec_ARow_TravelsWithItsCompletions()
    {
        var (row, none) = (Row(1, 4, 2), Row(1, 4, 0));
        var read = RecommenderCodec.DecodeRow(RecommenderCodec.Encode(row));

        Assert.Equal((row.Total, row.CompletedTotal), (read.Total, read.CompletedTotal));
        Assert.Equal(row.Courses, read.Courses);
        Assert.Equal(row.Completed, read.Completed);
        Assert.Equal((4, 0, 0), (RecommenderCodec.DecodeRow(RecommenderCodec.Encode(none)).Total, RecommenderCodec.DecodeRow(RecommenderCodec.Encode(none)).CompletedTotal, RecommenderCodec.DecodeRow(RecommenderCodec.Encode(none)).Completed.Count));
        StoredBytes.AssertEveryDamageIsNoticed(RecommenderCodec.Encode(row), damaged => RecommenderCodec.DecodeRow(damaged));
    }

    [Fact]
    public void Codec_Completions_StillMeanTheSame()
    {
        var (recommender, read) = (new LiveRecommender(_eager), new LiveRecommender(_eager));
        var log = RecommenderCodec.EncodeLog(3, 20_001, [Row(1, 2, 0), Row(2, 3, 2)]);
        Assert.True(RecommenderCodec.TakeLog(recommender, GoldenFile.Read("recommender-log.v1-completions.bin", nameof(RecommenderCodec), log), 3));
        Assert.Equal(7, recommender.Revision);

        string[] names = ["recommender-courses.v1-completions.bin", "recommender-lifts.v1.bin", "recommender-learners.v1-completions.bin"];
        foreach (var (name, piece) in names.Zip(RecommenderCodec.EncodePieces(recommender, 3)))
        {
            RecommenderCodec.DecodePiece(read, GoldenFile.ReadOrKeep(name, nameof(RecommenderCodec), piece), 3);
        }

        read.Settled(new(3, 3, 20_001, 7));
        Assert.Equal(GainsIn(recommender), GainsIn(read));
        Assert.False(read.Take(Row(2, 3, 2)));
        Assert.True(read.Take(Row(2, 3, 3)));
        Assert.Equal(8, read.Revision);
    }

    // Of learners from a checkpoint of an earlier release it is not known which completions belong to courses that were counted as taken: they count from the learner's next row on.
    [Fact]
    public void Codec_ACheckpointOfBefore_CountsCompletionsFromTheNextRowOn()
    {
        var read = new LiveRecommender(_policy);
        RecommenderCodec.DecodePiece(read, GoldenFile.Read("recommender-courses.v1.bin"), 3);
        RecommenderCodec.DecodePiece(read, GoldenFile.Read("recommender-learners.v1.bin"), 3);
        read.Settled(new(3, 2, 20_000, 2));
        Assert.False(read.Take(Row(1, 2, 0)));

        Assert.True(read.Take(Row(1, 2, 1)));
        Assert.Equal(2, read.Revision);
        Assert.True(read.Take(Row(1, 2, 2)));
        Assert.Equal(3, read.Revision);
    }

    // A learner's courses in a fixed order; the first are the completed ones, from the end.
    private static TasteRow Row(int learner, int total, int completed)
    {
        CourseId[] courses = [.. Enumerable.Range(0, total).Select(i => new CourseId($"course-{learner % 3}-{i}"))];
        return new(new($"learner-{learner}"), new(1, total + completed, 0), total, courses) { CompletedTotal = completed, Completed = courses[..completed] };
    }

    private static void Feed(LiveRecommender recommender, string name, int learners, string[] taken, string[] completed)
    {
        for (var i = 0; i < learners; i++)
        {
            recommender.Take(new TasteRow(new($"{name}-{i}"), default, taken.Length, [.. taken.Select(course => new CourseId(course))])
            {
                CompletedTotal = completed.Length,
                Completed = [.. completed.Select(course => new CourseId(course))],
            });
        }
    }

    private static double Gain(LiveRecommender recommender, string course, params string[] taken) =>
        recommender.GainOf([.. taken.Select(id => NumberIn(recommender, id))], NumberIn(recommender, course));

    private static int NumberIn(LiveRecommender recommender, string course) =>
        Enumerable.Range(0, recommender.CourseCount).Single(number => recommender.IdOf(number).Value == course);

    // By name: numbers depend on who came first.
    private static double[] GainsIn(LiveRecommender recommender)
    {
        var courses = Enumerable.Range(0, recommender.CourseCount).OrderBy(number => recommender.IdOf(number).Value, StringComparer.Ordinal).ToList();
        return [.. courses.SelectMany(before => courses.Select(course => recommender.GainOf([before], course)))];
    }
}
