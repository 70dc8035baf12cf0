using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class LiveRecommenderTests
{
    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default with { ListsUndefined = true };

    // Learners' rows one for each course taken, in any order and any number of times.
    private static readonly Gen<(int Learner, int Total)[]> _deliveries = Gen.Select(Gen.Int[0, 19], Gen.Int[1, 5]).Array[0, 200];

    [Fact]
    public void Rank_WhatFollowed_ComesFirstWithItsReason()
    {
        var recommender = Fed();

        var first = recommender.Rank(Query(10, "a"))[0];

        Assert.Equal(("b", RecommendationReason.OftenTakenAfter, "a"), (recommender.IdOf(first.Course).Value, first.Reason, recommender.IdOf(first.Because).Value));
    }

    [Fact]
    public void Rank_NothingTaken_ListsWhatIsPopular()
    {
        var recommender = Fed();

        var ranked = recommender.Rank(Query(10));

        Assert.Equal("a", recommender.IdOf(ranked[0].Course).Value);
        Assert.All(ranked, course => Assert.Equal((RecommendationReason.Popular, -1), (course.Reason, course.Because)));
    }

    [Fact]
    public void Rank_TakenAndNotWanted_AreNotListed()
    {
        var recommender = Fed();
        string[] Listed(RecommendationQuery query) => [.. recommender.Rank(query).Select(course => recommender.IdOf(course.Course).Value).Order()];

        Assert.Equal(["b", "c", "d", "x", "y"], Listed(Query(10, "a")));
        Assert.Equal(["c", "d", "x"], Listed(Query(10, "a") with { NotWanted = [HashOf("b"), HashOf("y"), HashOf("never heard of")] }));
        Assert.Equal(["a", "c", "d", "x", "y"], Listed(Query(10) with { NotWanted = [HashOf("b")] }));
    }

    [Fact]
    public void Rank_PrerequisitesNotCompleted_LeavesTheCourseOut()
    {
        var recommender = new LiveRecommender(_policy);
        Assert.True(recommender.Take(new CourseFact(new("algebra"), 1, "Algebra", [])));
        Assert.True(recommender.Take(new CourseFact(new("analysis"), 1, "Analysis", []) { Prerequisites = ["algebra", "logic"] }));

        Assert.Equal(["algebra"], Listed(Query(10)));
        Assert.Equal([], Listed(Query(10, "algebra")));
        Assert.Equal([], Listed(Query(10, "algebra") with { Completed = [HashOf("algebra")] }));
        Assert.Equal(["analysis"], Listed(Query(10, "algebra") with { Completed = [HashOf("algebra"), HashOf("logic")] }));

        // A newer definition asks for nothing.
        Assert.True(recommender.Take(new CourseFact(new("analysis"), 2, "Analysis", [])));
        Assert.Equal(["analysis"], Listed(Query(10, "algebra")));

        string[] Listed(RecommendationQuery query) => [.. recommender.Rank(query).Select(course => recommender.IdOf(course.Course).Value).Order()];
    }

    [Fact]
    public void Rank_EndedOrNeverDefined_LeavesTheCourseOut()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        Feed(recommender, "many", 9, "a", "ended", "mistyped", "b");
        foreach (var course in new[] { "a", "b", "new" })
        {
            recommender.Take(new CourseFact(new(course), 1, course, []));
        }

        recommender.Take(new CourseFact(new("ended"), 1, "Ended", []) { EndsAtMs = 1_000 });

        Assert.Equal(["b", "ended", "new"], Listed(Query(10, "a") with { NowMs = 999 }));
        Assert.Equal(["b", "new"], Listed(Query(10, "a") with { NowMs = 1_000 }));
        Assert.Equal(["a", "b", "new"], Listed(Query(10) with { NowMs = 1_000 }));

        string[] Listed(RecommendationQuery query) => [.. recommender.Rank(query).Select(course => recommender.IdOf(course.Course).Value).Order()];
    }

    // The most taken are not to be listed: those behind them fill the list.
    [Fact]
    public void Rank_ManyAtTheTopMayNotBeListed_ListIsFull()
    {
        var recommender = new LiveRecommender(RecommendationPolicy.Default);
        for (var course = 0; course < 60; course++)
        {
            Feed(recommender, $"takers-{course}", 100 - course, "start", $"course-{course}");
            recommender.Take(new CourseFact(new($"course-{course}"), 1, $"Course {course}", []) { EndsAtMs = course < 40 ? 1 : null });
        }

        Feed(recommender, "other", 1, "elsewhere", "course-59");
        var ranked = recommender.Rank(Query(5, "elsewhere") with { NowMs = 2 });

        Assert.Equal(ExplorationRules.RankedFor(5, RecommendationPolicy.Default), ranked.Length);
        Assert.All(ranked, course => Assert.InRange(int.Parse(recommender.IdOf(course.Course).Value[7..], System.Globalization.CultureInfo.InvariantCulture), 40, 59));
    }

    [Fact]
    public void Take_AnEndThatTheReleaseBeforeDidNotTell_IsTakenOnce()
    {
        var recommender = new LiveRecommender(_policy);
        Assert.True(recommender.Take(new CourseFact(new("a"), 3, "A", [])));
        var withEnd = new CourseFact(new("a"), 3, "A", []) { EndsAtMs = 7 };

        Assert.True(recommender.Take(withEnd));
        Assert.False(recommender.Take(withEnd));
        Assert.False(recommender.Take(new CourseFact(new("a"), 2, "A", []) { EndsAtMs = 9 }));
        Assert.False(recommender.Take(new CourseFact(new("a"), 3, "A", [])));
    }

    [Fact]
    public void Codec_Ends_AreReadBackAlongEveryWay()
    {
        var fact = new CourseFact(new("a"), 1, "A", ["tag"]) { EndsAtMs = 1_000, Prerequisites = ["b"] };
        Assert.Equal(1_000, RecommenderCodec.DecodeFact(RecommenderCodec.Encode(fact)).EndsAtMs);
        Assert.Null(RecommenderCodec.DecodeFact(RecommenderCodec.Encode(fact with { EndsAtMs = null })).EndsAtMs);

        var (logged, read) = (new LiveRecommender(_policy), new LiveRecommender(_policy));
        var completed = Row(1, 2) with { CompletedTotal = 1, Completed = [new("course-1-0")] };
        var log = RecommenderCodec.EncodeLog(1, 5, [completed, fact, fact with { Course = new("c"), EndsAtMs = null }]);
        Assert.True(RecommenderCodec.TakeLog(logged, GoldenFile.Read("recommender-log.v1-ends.bin", nameof(RecommenderCodec), log), 1));
        var pieces = RecommenderCodec.EncodePieces(logged, 1);

        // The learners come last.
        pieces[^2] = GoldenFile.Read("recommender-ends.v1.bin", nameof(RecommenderCodec), pieces[^2]);
        pieces.ForEach(piece => RecommenderCodec.DecodePiece(read, piece, 1));

        foreach (var recommender in new[] { logged, read })
        {
            Assert.Equal((true, false), (IsListed(recommender, 999), IsListed(recommender, 1_000)));
        }

        static bool IsListed(LiveRecommender recommender, long nowMs) =>
            recommender.Rank(Query(10) with { NowMs = nowMs, Completed = [HashOf("b")] }).Any(course => recommender.IdOf(course.Course).Value == "a");
    }

    [Fact]
    public void Rank_ManyPromoted_AreAFifthAtMostAndTheListIsFull()
    {
        var recommender = new LiveRecommender(_policy);
        for (var course = 0; course < 80; course++)
        {
            recommender.Take(new CourseFact(new($"course-{course}"), 1, $"Course {course}", []) { IsPromoted = course % 2 == 0 });
        }

        var ranked = recommender.Rank(Query(10));
        Assert.Equal(ExplorationRules.RankedFor(10, _policy), ranked.Length);
        Assert.Equal(2, ranked.Count(course => course.IsPromoted));
        Assert.Equal(0, recommender.Rank(Query(10) with { IsAtRisk = true }).Count(course => course.IsPromoted));
    }

    [Fact]
    public void Rank_APromotedCourseFarBehind_IsLiftedFromThere()
    {
        var recommender = new LiveRecommender(_policy);
        for (var course = 0; course < 100; course++)
        {
            recommender.Take(new CourseFact(new($"course-{course}"), 1, $"Course {course}", []) { IsPromoted = course == 90 });
        }

        // All are equally new: the lift alone decides.
        var first = recommender.Rank(Query(10))[0];
        Assert.Equal(("course-90", true), (recommender.IdOf(first.Course).Value, first.IsPromoted));
        Assert.DoesNotContain(recommender.Rank(Query(10) with { NotWanted = [HashOf("course-90")] }), course => course.IsPromoted);
    }

    // Rows say all that older ones said: once each learner's last one has come, all orders and repeats have counted the same.
    [Fact]
    public void Take_RepeatedAndOutOfOrder_CountsEachCourseOnce() => _deliveries.Sample(deliveries =>
    {
        var recommender = new LiveRecommender(_policy);
        var last = Enumerable.Range(0, 20).Select(learner => Row(learner, 5)).ToArray();
        foreach (var (learner, total) in deliveries)
        {
            recommender.Take(Row(learner, total));
        }

        Array.ForEach(last, row => recommender.Take(row));

        Assert.Equal(20 * 5, recommender.Revision);
        Assert.Equal(20, recommender.LearnerCount);
        Assert.All(deliveries, delivery => Assert.False(recommender.Take(Row(delivery.Learner, delivery.Total))));
        Assert.Equal(20 * 5, recommender.Revision);
    });

    [Fact]
    public void Take_MoreCoursesThanARowHas_CountsTheRest()
    {
        var recommender = new LiveRecommender(_policy);
        CourseId[] courses = [.. Enumerable.Range(0, 25).Select(i => new CourseId($"course-{i}"))];

        recommender.Take(new TasteRow(new("ada"), default, 25, courses[5..]));
        Assert.Equal(20, recommender.Revision);
        recommender.Take(new TasteRow(new("ada"), default, 26, [.. courses[6..], new("another")]));
        Assert.Equal(21, recommender.Revision);
    }

    [Fact]
    public void Take_MoreLearnersThanAllowed_CountsNothingTwice()
    {
        var recommender = new LiveRecommender(_policy with { LearnersMax = 10 });
        for (var learner = 0; learner < 100; learner++)
        {
            recommender.Take(Row(learner, 1));
            recommender.Take(Row(learner, 2));
            recommender.Take(Row(learner, 3));
        }

        Assert.Equal(300, recommender.Revision);
        Assert.InRange(recommender.LearnerCount, 1, 10);

        // The first learner is long forgotten: of its four courses the newest counts.
        recommender.Take(Row(0, 4));
        recommender.Take(Row(0, 4));
        Assert.Equal(301, recommender.Revision);
    }

    [Fact]
    public void Take_MoreCoursesThanAllowed_LeavesThemOut()
    {
        var recommender = new LiveRecommender(_policy with { CoursesMax = 2 });

        recommender.Take(new TasteRow(new("ada"), default, 3, [new("a"), new("b"), new("c")]));
        Assert.False(recommender.Take(new CourseFact(new("c"), 1, "C", [])));
        Assert.Equal((true, false), (recommender.IsFullFor(new("c")), recommender.IsFullFor(new("b"))));

        Assert.Equal((2, 2L), (recommender.CourseCount, recommender.Revision));
        Assert.Equal("b", recommender.IdOf(Assert.Single(recommender.Rank(Query(10, "a"))).Course).Value);
    }

    [Fact]
    public void Take_OlderDefinition_ChangesNothing()
    {
        var recommender = new LiveRecommender(_policy);

        Assert.True(recommender.Take(new CourseFact(new("a"), 2, "Algebra", [])));
        Assert.False(recommender.Take(new CourseFact(new("a"), 1, "Old", [])));
        Assert.False(recommender.Take(new CourseFact(new("a"), 2, "Same", [])));
        Assert.Equal("Algebra", recommender.TitleOf(0));
    }

    [Fact]
    public void FadeTo_HalfALifeLater_NewHabitsWin()
    {
        var recommender = new LiveRecommender(_policy);
        recommender.FadeTo(20_000);
        Feed(recommender, "old", 10, "a", "b");
        recommender.FadeTo(20_000 + 720);
        Feed(recommender, "new", 4, "a", "c");
        recommender.FadeTo(20_000);

        Assert.Equal(20_720, recommender.Day);
        Assert.Equal("c", recommender.IdOf(recommender.Rank(Query(1, "a"))[0].Course).Value);
    }

    [Fact]
    public void Codec_CheckpointAndLog_RankAsBefore()
    {
        var recommender = new LiveRecommender(_policy);
        recommender.FadeTo(20_000);
        var chance = new Random(5);
        TasteRow Any(int learner) => new(new($"learner-{learner}"), new(1, 7, 0), 4, [.. Enumerable.Range(0, 40).OrderBy(_ => chance.Next()).Take(4).Select(i => new CourseId($"course-{i}"))]);
        for (var learner = 0; learner < 500; learner++)
        {
            recommender.Take(Any(learner));
        }

        recommender.Take(new CourseFact(new("course-3"), 2, "Three", ["tag"]));
        var pieces = RecommenderCodec.EncodePieces(recommender, 7);
        var head = new RecommenderHead(7, pieces.Count, recommender.Day, recommender.Revision);
        object[] since = [.. Enumerable.Range(490, 40).Select(Any), new CourseFact(new("course-4"), 1, "Four", [])];
        var log = RecommenderCodec.EncodeLog(7, 20_001, since);

        var read = new LiveRecommender(_policy);
        pieces.ForEach(piece => RecommenderCodec.DecodePiece(read, piece, 7));
        read.Settled(RecommenderCodec.DecodeHead(RecommenderCodec.EncodeHead(head)));
        Assert.Equal(head, RecommenderCodec.DecodeHead(RecommenderCodec.EncodeHead(head)));
        Assert.True(RecommenderCodec.TakeLog(read, log, 7));
        Assert.False(RecommenderCodec.TakeLog(read, log, 8));
        Assert.Throws<StoreCorruptException>(() => RecommenderCodec.DecodePiece(read, pieces[0], 8));

        // What was stored is what goes on: read twice, it is the same to the last bit.
        var again = new LiveRecommender(_policy);
        pieces.ForEach(piece => RecommenderCodec.DecodePiece(again, piece, 7));
        again.Settled(head);
        RecommenderCodec.TakeLog(again, log, 7);
        Assert.Equal(again.Rank(Query(10, "course-1", "course-2")), read.Rank(Query(10, "course-1", "course-2")));
        Assert.Equal((recommender.Revision + (4 * 30), 530, 20_001L, "Three", "Four"), (read.Revision, read.LearnerCount, read.Day, TitleIn(read, "course-3"), TitleIn(read, "course-4")));
        Assert.Equal(RecommenderCodec.EncodePieces(read, 8), RecommenderCodec.EncodePieces(again, 8));
    }

    [Fact]
    public void Codec_AnyDamage_Throws()
    {
        StoredBytes.AssertEveryDamageIsNoticed(RecommenderCodec.EncodePieces(Fed(), 1)[0], damaged => RecommenderCodec.DecodePiece(new(_policy), damaged, 1));
        StoredBytes.AssertEveryDamageIsNoticed(RecommenderCodec.EncodeHead(new(1, 2, 3, 4)), damaged => RecommenderCodec.DecodeHead(damaged));
        StoredBytes.AssertEveryDamageIsNoticed(RecommenderCodec.EncodeLog(1, 2, [Row(1, 2)]), damaged => RecommenderCodec.TakeLog(new(_policy), damaged, 1));
    }

    [Fact]
    public void Codec_Format1_StillMeansTheSame()
    {
        var recommender = new LiveRecommender(_policy);
        var (head, log) = (new RecommenderHead(3, 2, 20_000, 4), RecommenderCodec.EncodeLog(3, 20_001, [Row(1, 2), new CourseFact(new("course-1-0"), 2, "Algebra", ["mathematics"]) { Prerequisites = ["course-0-0"], IsPromoted = true }]));

        Assert.Equal(head, RecommenderCodec.DecodeHead(GoldenFile.Read("recommender-head.v1.bin", nameof(RecommenderCodec), RecommenderCodec.EncodeHead(head))));
        Assert.True(RecommenderCodec.TakeLog(recommender, GoldenFile.Read("recommender-log.v1.bin", nameof(RecommenderCodec), log), 3));
        Assert.Equal((2L, 1, "Algebra"), (recommender.Revision, recommender.LearnerCount, recommender.TitleOf(0)));

        // Weights have a logarithm's last bits: they are read, not compared as bytes.
        var read = new LiveRecommender(_policy);
        foreach (var piece in new[] { "recommender-courses.v1.bin", "recommender-learners.v1.bin" }.Zip(RecommenderCodec.EncodePieces(recommender, 3)))
        {
            RecommenderCodec.DecodePiece(read, GoldenFile.ReadOrKeep(piece.First, nameof(RecommenderCodec), piece.Second), 3);
        }

        read.Settled(head);
        Assert.Equal((4L, 1, "Algebra", 2), (read.Revision, read.LearnerCount, read.TitleOf(0), read.CourseCount));
        Assert.False(read.Take(Row(1, 2)));
    }

    [Fact]
    public void Target_AnyTenant_IsReadBackAndNoOlderReleaseTakesItForACourse() => Gen.String[1, 20].Sample(tenant =>
    {
        var key = RecommenderKey.For(new TenantId(tenant.Replace("\0", "0", StringComparison.Ordinal)));

        Assert.True(RecommenderKey.TryOfTarget(key.Target, out var read));
        Assert.Equal(key, read);
        Assert.True(CampaignKey.TryOfTarget(key.Target, out _));
        Assert.True(RecommenderKey.TryOfTarget(RosterKey.For(key).Course.Value, out _));
        Assert.False(RecommenderKey.TryOfTarget(CampaignKey.For(key.Tenant, new(":recommender")).Target, out _));
    });

    private static LiveRecommender Fed()
    {
        var recommender = new LiveRecommender(_policy);
        Feed(recommender, "first", 9, "a", "b", "c");
        Feed(recommender, "second", 3, "x", "y");
        Feed(recommender, "third", 2, "a", "d");
        return recommender;
    }

    private static void Feed(LiveRecommender recommender, string name, int learners, params string[] courses)
    {
        for (var i = 0; i < learners; i++)
        {
            recommender.Take(new TasteRow(new($"{name}-{i}"), default, courses.Length, [.. courses.Select(course => new CourseId(course))]));
        }
    }

    private static TasteRow Row(int learner, int total) => new(
        new($"learner-{learner}"), new(1, total, 0), total, [.. Enumerable.Range(0, total).Select(i => new CourseId($"course-{learner % 3}-{i}"))]);

    private static string TitleIn(LiveRecommender recommender, string course) =>
        recommender.TitleOf(Enumerable.Range(0, recommender.CourseCount).Single(number => recommender.IdOf(number).Value == course));

    private static RecommendationQuery Query(int limit, params string[] taken) => new(1, 0, limit, [.. taken.Select(HashOf)], []);

    private static ulong HashOf(string course) => TasteRules.HashOf(new(course));
}
