using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Completion.Training;
using CourseCompletion.Prediction.Recommendations;
using Xunit;

namespace CourseCompletion.UnitTests.Recommendations;

public class RecommendationEvaluationTests
{
    private static readonly IProgress<TrainingProgress> _nobody = new Progress<TrainingProgress>();

    // Twelve items, scored by their number. Ada, who has 11, is listed 10 9 8 ...; what she took next, 9, is second. Bob has 0 and is listed 11 10 ... 2; he took 1.
    [Fact]
    public void Measure_FixedScores_HasTheFiguresByHand()
    {
        var train = new ItemHistories([.. Enumerable.Range(0, 12).Select(item => $"{item}")], [[11], [0], [.. Enumerable.Range(0, 12)]]);
        var holdOut = new HoldOut(train, [[9], [1], []], 0);

        var report = RecommendationEvaluation.Measure(new ByNumber(), holdOut, _nobody, CancellationToken.None);

        Assert.Equal(2, report.Count);
        Assert.Equal(1 / Math.Log2(3) / 2, report.Ndcg, 1e-12);
        Assert.Equal(0.5, report.Recall, 1e-12);

        // Everything but 0 is listed to somebody: 1 to 10 to Ada, 2 to 11 to Bob.
        Assert.Equal(11.0 / 12, report.Coverage, 1e-12);

        // One of three learners took an item that is not 0 or 11, two those: lists have 1/3 on average, and one has a 2/3 in ten; own histories have 2/3.
        Assert.Equal(((1.0 / 3) + (((9.0 / 3) + (2.0 / 3)) / 10)) / 2, report.Popularity, 1e-12);
        Assert.Equal((report.Popularity / (2.0 / 3)) - 1, report.PopularityLift, 1e-12);
    }

    [Fact]
    public void Measure_Interrupted_Stops() => Assert.Throws<OperationCanceledException>(
        () => RecommendationEvaluation.Measure(new ByNumber(), new(new(["a", "b"], [[0]]), [[1]], 0), _nobody, new CancellationToken(true)));

    [Fact]
    public void Run_Chains_FindsWhatFollowsBeforeWhatIsPopular()
    {
        var reports = RecommenderComparison.Run(Chains(seed: 1), _nobody, CancellationToken.None).ToDictionary(report => report.Name);

        Assert.Equal(["engine", "popularity", "item-knn", "item-knn, recency", "ease", "ease, recency"], reports.Keys);
        Assert.True(reports["engine"].Ndcg > reports["item-knn, recency"].Ndcg);
        Assert.True(reports["engine"].Ndcg > reports["ease, recency"].Ndcg);
        Assert.True(reports["item-knn"].Ndcg > reports["popularity"].Ndcg);
        Assert.Equal(reports["engine"].Count, reports["popularity"].Count);
    }

    [Fact]
    public void Run_Again_GivesTheSameFigures() =>
        Assert.Equal(RecommenderComparison.Run(Chains(1), _nobody, CancellationToken.None), RecommenderComparison.Run(Chains(1), _nobody, CancellationToken.None));

    // Learners swap what was held out. Were anything of it read before the lists are made, the lists would change; only how good they are does.
    [Fact]
    public void Run_HeldOutItemsDealtToOthers_ListsTheSame()
    {
        var holdOut = Chains(1);
        var dealt = holdOut with { Relevant = [.. holdOut.Relevant.Skip(7).Concat(holdOut.Relevant.Take(7))] };

        var reports = RecommenderComparison.Run(holdOut, _nobody, CancellationToken.None);
        var others = RecommenderComparison.Run(dealt, _nobody, CancellationToken.None);

        Assert.Equal(reports.Select(report => (report.Name, report.Coverage, report.Popularity)), others.Select(report => (report.Name, report.Coverage, report.Popularity)));
        Assert.True(others[0].Ndcg < reports[0].Ndcg);
    }

    [Fact]
    public void Train_SameHistories_ScoresTheSameBits()
    {
        var train = Chains(1).Train;
        var (one, other) = (new float[train.Items.Count], new float[train.Items.Count]);

        new TransitionScorer(TransitionTrainer.Train(train, TransitionPolicy.Default, _nobody, CancellationToken.None)).Score([3, 4], one);
        new TransitionScorer(TransitionTrainer.Train(train, TransitionPolicy.Default, _nobody, CancellationToken.None)).Score([3, 4], other);

        Assert.Equal(one, other);
    }

    // Courses in a ring: from each, most go on to the next, some jump.
    private static HoldOut Chains(int seed)
    {
        const int items = 60;
        var chance = new Random(seed);
        var all = new List<LearnerItems>();
        for (var learner = 0; learner < 500; learner++)
        {
            var taken = new List<int> { chance.Next(items) };
            while (taken.Count < 6)
            {
                var next = chance.Next(10) < 7 ? (taken[^1] + 1) % items : chance.Next(items);
                if (!taken.Contains(next))
                {
                    taken.Add(next);
                }
            }

            all.Add(new($"{learner}", [.. taken.Select(item => $"{item}")], []));
        }

        return HoldOut.LastItems(all, 3);
    }

    private sealed class ByNumber : IItemScorer
    {
        public string Name => "by number";

        public void Score(ReadOnlySpan<int> history, Span<float> scores)
        {
            for (var item = 0; item < scores.Length; item++)
            {
                scores[item] = item;
            }
        }
    }
}
