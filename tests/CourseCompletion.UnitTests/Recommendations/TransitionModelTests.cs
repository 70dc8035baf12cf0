using CourseCompletion.Domain.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class TransitionModelTests
{
    private static readonly TransitionPolicy _policy = new(
        HistoryMax: 3, RecencyPower: 1, Window: 2, BackwardWeight: 0.25, TargetsMax: 8, PriorTransitions: 1, LearningRate: 0.1);

    // Somebody took 0, 1, 2. Next to a start of 1/2 each, 1 and 2 were taken once more: shares 1/7, 3/7, 3/7.
    // Upon 0 followed 1 (at once: 1) and 2 (one later: 1/2). Upon 1 followed 2 (1), and 0 came before it (1/4).
    // Upon 2 followed nothing; before it came 1 (1/4) and 0 (1/8).
    [Fact]
    public void Score_OneHistory_IsTheSolutionByHand()
    {
        var model = Counted([[0, 1, 2]]);
        var scores = new CourseScores();

        model.Score([0, 1], scores);

        Assert.Equal([0, 1, 2], scores.Courses.ToArray().Order());
        Assert.Equal(Log(1 / 7.0) + Weight(0.25, 1.25, 1 / 7.0), scores[0], 1e-5);
        Assert.Equal(Log(3 / 7.0) + (0.5 * Weight(1, 1.5, 3 / 7.0)), scores[1], 1e-5);
        Assert.Equal(Log(3 / 7.0) + Weight(1, 1.25, 3 / 7.0) + (0.5 * Weight(0.5, 1.5, 3 / 7.0)), scores[2], 1e-5);
        Assert.Equal(Log(1 / 7.0), model.LogShareOf(0), 1e-5);
    }

    [Fact]
    public void Score_LongHistory_TakesTheCoursesTakenLast()
    {
        var model = Counted([[0, 1], [2, 3], [4, 5], [6, 7]]);
        var scores = new CourseScores();

        model.Score([0, 2, 4, 6], scores);

        Assert.Equal([3, 5, 7], scores.Courses.ToArray().Order());
    }

    // Whatever is not considered stands behind what is.
    [Fact]
    public void Recommend_History_ListsTheBestOfAllCourses()
    {
        var chance = new Random(3);
        var model = Counted([.. Enumerable.Range(0, 300).Select(_ => Enumerable.Range(0, 5).Select(_ => chance.Next(20) * chance.Next(20)).Distinct().ToArray())]);
        foreach (var taken in new int[][] { [], [0], [4, 361], [6, 0, 12, 9] })
        {
            var (list, room) = (new int[7], new float[7]);
            var best = new BestCourses(list, room);

            model.Recommend(taken, new(), ref best);

            var all = ScoresOf(model, taken).Index().Where(course => !taken.Contains(course.Index)).OrderByDescending(course => course.Item).ThenBy(course => course.Index);
            Assert.Equal(all.Take(7).Select(course => course.Index), list);
        }
    }

    [Fact]
    public void Count_OneByOne_IsTheSameAsFromTheirHistories()
    {
        int[][] histories = [[0, 1, 2, 3], [2, 1, 3], [3, 0]];
        var (batch, live) = (Counted(histories), new TransitionModel(_policy));
        live.Grow(4);

        // The learners' enrolments as they fall between one another.
        for (var i = 0; i < 4; i++)
        {
            foreach (var history in histories.Where(history => history.Length > i))
            {
                live.Count(history.AsSpan(0, i), history[i], 1);
                live.Settle();
            }
        }

        foreach (var taken in new int[][] { [0], [1, 2], [3, 0, 1] })
        {
            Assert.Equal(ScoresOf(batch, taken), ScoresOf(live, taken), (one, other) => Math.Abs(one - other) < 1e-5);
        }
    }

    // The softmax's likelihood of what came rises with each step, and that of what did not come falls.
    [Fact]
    public void Learn_WhatCameNext_BecomesMoreLikely()
    {
        var model = Counted([[0, 1], [0, 1], [0, 2]]);
        var before = ScoresOf(model, [0]);

        model.Learn([0], 2);

        var after = ScoresOf(model, [0]);
        Assert.True(after[2] > before[2]);
        Assert.True(after[1] < before[1]);
    }

    // One step is the gradient: the rate times recency times (1 - p) for what came and times -p for what did not.
    [Fact]
    public void Learn_OneStep_IsTheGradientByHand()
    {
        var model = Counted([[3, 0, 1], [3, 0, 2]]);
        var before = ScoresOf(model, [3, 0]);
        var (one, two) = (Math.Exp(before[1]), Math.Exp(before[2]));

        model.Learn([3, 0], 1);

        // The courses taken cannot come again; all others have a weight here.
        var p = one / (one + two);
        var after = ScoresOf(model, [0]);
        var unlearned = ScoresOf(Counted([[3, 0, 1], [3, 0, 2]]), [0]);
        Assert.Equal(0.1 * (1 - p), after[1] - unlearned[1], 1e-5);
        Assert.Equal(-0.1 * (1 - p), after[2] - unlearned[2], 1e-5);
        Assert.Equal(0.1 * 0.5 * (1 - p), ScoresOf(model, [3])[1] - ScoresOf(Counted([[3, 0, 1], [3, 0, 2]]), [3])[1], 1e-5);
    }

    [Fact]
    public void Learn_CourseThatNeverFollowed_GetsAWeight()
    {
        var model = Counted([[0, 1], [2, 3]]);

        model.Learn([0], 3);

        Assert.True(ScoresOf(model, [0])[3] > model.LogShareOf(3));
    }

    // Courses 1 to 40 followed once each and 41 to 48 twice; eight are kept of them at least, sixteen at most, and never one that followed more often goes for one that did less.
    [Fact]
    public void Count_MoreTargetsThanKept_KeepsThoseThatFollowMost()
    {
        var model = Counted([.. Enumerable.Range(41, 8).Concat(Enumerable.Range(41, 8)).Concat(Enumerable.Range(1, 40)).Select(next => new[] { 0, next })]);
        var scores = new CourseScores();

        model.Score([0], scores);

        Assert.InRange(scores.Courses.Length, 8, 16);
        Assert.Empty(Enumerable.Range(41, 8).Except(scores.Courses.ToArray()));
    }

    private static TransitionModel Counted(int[][] histories)
    {
        var model = new TransitionModel(_policy);
        model.Grow(histories.Max(history => history.Max()) + 1);
        foreach (var history in histories)
        {
            for (var i = 0; i < history.Length; i++)
            {
                model.Count(history.AsSpan(0, i), history[i], 1);
            }
        }

        model.Settle();
        return model;
    }

    private static double[] ScoresOf(TransitionModel model, int[] taken)
    {
        var scores = new CourseScores();
        model.Score(taken, scores);
        return [.. Enumerable.Range(0, model.CourseCount).Select(course => scores.Contains(course) ? scores[course] : (double)model.LogShareOf(course))];
    }

    private static double Weight(double count, double total, double share) => Log((count + share) / ((total + 1) * share));

    private static double Log(double x) => Math.Log(x);
}
