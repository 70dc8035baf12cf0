namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>The interval of an AUC by drawing learners with replacement.</summary>
public static class AucBootstrap
{
    /// <summary>The AUC with its 95 % interval.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="labels">What happened.</param>
    /// <param name="learners">Whose row it is: rows of one learner are drawn together.</param>
    /// <param name="draws">How many times; 1,000 for a report.</param>
    public static Estimate Of(double[] scores, bool[] labels, string[] learners, int draws)
    {
        var order = RankingMetrics.Ascending(scores);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var learnerOf = learners.Select(learner => numbers.TryGetValue(learner, out var number) ? number : numbers[learner] = numbers.Count).ToArray();
        var chance = new Random(1);
        var resamples = new double[draws];
        var times = new int[numbers.Count];
        for (var draw = 0; draw < draws; draw++)
        {
            Array.Clear(times);
            for (var i = 0; i < times.Length; i++)
            {
                times[chance.Next(times.Length)]++;
            }

            resamples[draw] = Auc(scores, labels, order, learnerOf, times);
        }

        return Estimate.Of(RankingMetrics.Auc(scores, labels), resamples);
    }

    // One pass over the rows in ascending order: each positive beats the negatives before it and half of those it is tied with.
    private static double Auc(double[] scores, bool[] labels, int[] order, int[] learnerOf, int[] times)
    {
        double below = 0, positives = 0, beaten = 0;
        for (var start = 0; start < order.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0;
            var score = scores[order[start]];
            for (; start < order.Length && scores[order[start]] == score; start++)
            {
                var row = order[start];
                (tiedPositives, tiedNegatives) = labels[row]
                    ? (tiedPositives + times[learnerOf[row]], tiedNegatives)
                    : (tiedPositives, tiedNegatives + times[learnerOf[row]]);
            }

            beaten += tiedPositives * (below + (tiedNegatives / 2));
            below += tiedNegatives;
            positives += tiedPositives;
        }

        return beaten / (positives * below);
    }
}
