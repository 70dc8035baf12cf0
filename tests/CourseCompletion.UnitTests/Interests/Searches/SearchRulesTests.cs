using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using CourseCompletion.UnitTests.Stores;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Interests.Searches;

public class SearchRulesTests
{
    private const long MinuteMs = 60_000;

    private static readonly CourseDefinition _course = new()
    {
        Course = new("ml"),
        Version = 1,
        Tags = ["machine learning"],
        Lessons = [new() { Id = "lesson-1", Title = "Trees" }],
    };

    private static readonly string[] _topics = [.. _course.Topics.Course.Select(topic => topic.Topic), "object-oriented programming"];

    [Fact]
    public void Fold_AnySearches_ReplayAndSnapshotAreTheSame() => Gen.Select(Gen.Int[0, 40], Gen.Long[-20 * MinuteMs, DayMs]).Array[0, 80].Sample(searches =>
    {
        var (live, replayed) = (new LearnerState(), new LearnerState());
        foreach (var (query, offsetMs) in searches)
        {
            var search = new LearnerSearch(SearchRules.QueryOf($"Query {query} 问题"), MondayMs + offsetMs);
            SearchRules.Fold(live, search);
            var frame = new LearnerFrame(replayed.Sequence + 1, MondayMs, 1, "prior-1", [], null, []) { Searches = [search] };
            LearnerFrame.Decode(frame.Encode(new PayloadWriter())).Replay(replayed, LearnerPolicy.Default);
        }

        live.Sequence = replayed.Sequence;
        var snapshot = LearnerSnapshotCodec.Encode(live);
        Assert.Equal(snapshot, LearnerSnapshotCodec.Encode(replayed));
        Assert.Equal(live.Searches, LearnerSnapshotCodec.Decode(snapshot).Searches);
        Assert.InRange(live.Searches.Count, 0, SearchRules.QueriesMax);
        Assert.InRange(snapshot.Length, 0, live.StateBytes + 64);
        Assert.Equal(live.StateBytes, live.Searches.Sum(search => 14 + System.Text.Encoding.UTF8.GetByteCount(search.Query)));
    });

    [Fact]
    public void Fold_TheSameWithinTenMinutes_CountsOnce()
    {
        var state = new LearnerState();

        Assert.True(Searched(state, "Trees", MondayMs));
        Assert.False(Searched(state, "ＴＲＥＥＳ ", MondayMs + (10 * MinuteMs) - 1));
        Assert.False(Searched(state, "trees", MondayMs - DayMs));
        Assert.Equal([new("trees", 1, MondayMs)], state.Searches);
        Assert.True(Searched(state, "trees", MondayMs + (10 * MinuteMs)));
        Assert.Equal([new("trees", 2, MondayMs + (10 * MinuteMs))], state.Searches);
    }

    [Fact]
    public void Fold_MoreQueriesThanAreKept_ForgetsThoseOfLongestAgo()
    {
        var state = new LearnerState();
        for (var i = 0; i < SearchRules.QueriesMax; i++)
        {
            Searched(state, $"query {i}", MondayMs + (i * MinuteMs));
        }

        Searched(state, "query 0", MondayMs + DayMs);
        Searched(state, "one more", MondayMs + DayMs);

        Assert.Equal(SearchRules.QueriesMax, state.Searches.Count);
        Assert.Equal([true, false, true], new[] { "query 0", "query 1", "one more" }.Select(query => state.Searches.Any(search => search.Query == query)));
    }

    [Fact]
    public void CheckRoom_StateFull_RefusesNewQueriesOnly()
    {
        var state = new LearnerState();
        Searched(state, "trees", MondayMs);
        var full = LearnerPolicy.Default with { StateBytesMax = state.StateBytes };

        Assert.Equal("learner_id", SearchRules.CheckRoom(state, new("forests", MondayMs), full)?.Field);
        Assert.Null(SearchRules.CheckRoom(state, new("trees", MondayMs), full));
    }

    [Theory]
    [InlineData("", "query")]
    [InlineData(" \t ", "query")]
    [InlineData("tr\u0001ees", "query")]
    [InlineData("机器学习", null)]
    public void Check_AQuery_IsMoreThanBlanksAndPrints(string query, string? field) => Assert.Equal(field, SearchRules.Check(query)?.Field);

    [Fact]
    public void Check_ALongQuery_IsRefusedFrom513Bytes()
    {
        Assert.Null(SearchRules.Check(new('a', SearchRules.QueryBytesMax)));
        Assert.Equal("query", SearchRules.Check(new('a', SearchRules.QueryBytesMax + 1))?.Field);
    }

    [Fact]
    public void QueryOf_ALongQuery_EndsWithAWholeCodePoint()
    {
        Assert.Equal(new string('a', 64), SearchRules.QueryOf(new('A', 100)));
        Assert.Equal($"a{string.Concat(Enumerable.Repeat("👩", 31))}", SearchRules.QueryOf($"a{string.Concat(Enumerable.Repeat("👩", 60))}"));
    }

    [Theory]
    [InlineData("how do trees and machine learning work together", "trees,machine learning")]
    [InlineData("Introduction to Reinforcement Learning", "reinforcement learning")]
    [InlineData("强化学习", "强化学习")]
    [InlineData("object oriented programming", "object-oriented programming")]
    [InlineData("the", "")]
    [InlineData("colourless green ideas sleep furiously tonight", "")]
    public void TopicsOf_AQuery_AreKnownTopicsOrItsExpressions(string query, string topics)
    {
        var known = TermReader.Spelled(_topics);
        var found = SearchRules.TopicsOf(SearchRules.QueryOf(query), known, new(known.Keys));

        Assert.Equal(topics.Split(',', StringSplitOptions.RemoveEmptyEntries), found.Select(topic => topic.Topic));
        Assert.All(found, topic => Assert.Equal(1.0 / found.Count, topic.Share));
    }

    [Fact]
    public void Interests_WhatWasSearchedFor_IsAmongThemWithTheQueryAsEvidence()
    {
        var state = new LearnerState();
        LearnerRules.Fold(state, Watched("lesson-1", 0, 60_000, "1") with { Course = _course.Course }, EventIdentity.Of("app", "1"), LearnerPolicy.Default);
        Searched(state, "reinforcement learning", MondayMs);
        Searched(state, "machine learning for everybody", MondayMs);

        var interests = LearnerInterests.Of(state, _ => _course, MondayMs, InterestPolicy.Default);

        Assert.Equal(["machine learning", "reinforcement learning", "trees"], interests.Select(interest => interest.Topic));
        Assert.Equal([3.5 / 7, 3.0 / 7, 0.5 / 7], interests.Select(interest => interest.Share), (one, other) => Math.Abs(one - other) < 1e-9);
        Assert.Equal([new(InterestEvidenceKind.Searched, new(""), "", 1, MondayMs, "reinforcement learning")], interests[1].Evidence);
        InterestCorrectionRules.Fold(state, new("reinforcement learning", InterestVerdict.NotInterested));
        Assert.DoesNotContain(LearnerInterests.Of(state, _ => _course, MondayMs, InterestPolicy.Default), interest => interest.Topic == "reinforcement learning");
    }

    [Fact]
    public void Searches_StillMeanTheSame()
    {
        var state = new LearnerState();
        Searched(state, "trees", MondayMs);
        Searched(state, "机器学习", MondayMs + 1);
        var read = LearnerSnapshotCodec.Decode(GoldenFile.Read("learner-snapshot.v4-searches.bin", nameof(LearnerSnapshotCodec), LearnerSnapshotCodec.Encode(state)));
        Assert.Equal([new("trees", 1, MondayMs), new("机器学习", 1, MondayMs + 1)], read.Searches);

        LearnerSearch[] searches = [new("trees", MondayMs), new("机器学习", MondayMs + 1)];
        var frame = new LearnerFrame(7, MondayMs, 1, "prior-1", [], null, []) { Searches = searches };
        Assert.Equal(searches, LearnerFrame.Decode(GoldenFile.Read("journal-frame.v4-searches.bin", nameof(LearnerFrame), frame.Encode(new PayloadWriter()))).Searches);
    }

    private static bool Searched(LearnerState state, string query, long atMs) => SearchRules.Fold(state, new(SearchRules.QueryOf(query), atMs));
}
