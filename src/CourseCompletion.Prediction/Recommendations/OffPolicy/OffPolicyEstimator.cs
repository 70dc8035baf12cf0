using CourseCompletion.Domain.Tenants;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Prediction.Recommendations.OffPolicy;

/// <summary>What another way of filling the places of a log would have brought, from that log alone.</summary>
/// <remarks>
/// Each place counts by itself. With w = 1 / propensity where the other way would have put the same course there, else 0, r the reward and q the expected one:
/// SNIPS = sum(w r) / sum(w) (Swaminathan and Joachims, NIPS 2015); DR = mean(q(other's course) + w (r - q(course))) (Dudik, Langford and Li, ICML 2011), with q learned from other learners
/// (<see cref="RewardModel"/>). Intervals are 95 %, from 1,000 draws of learners with replacement.
/// </remarks>
public static class OffPolicyEstimator
{
    private const int Draws = 1_000;

    /// <summary>Estimates what a policy would have brought.</summary>
    /// <param name="policy">Its name.</param>
    /// <param name="log">The places that were shown.</param>
    /// <param name="chosen">For each of them the course that the policy would have put there; null where it has none, and the place stays out.</param>
    /// <exception cref="ArgumentException">A propensity is not above 0 and at most 1, or the lengths differ.</exception>
    public static OffPolicyReport Estimate(string policy, IReadOnlyList<LoggedPlace> log, IReadOnlyList<string?> chosen)
    {
        if (log.Count != chosen.Count)
        {
            throw new ArgumentException($"There are {log.Count} places and {chosen.Count} choices.", nameof(chosen));
        }

        var rewards = new RewardModel(log);
        var learners = new Dictionary<string, Sums>(StringComparer.Ordinal);
        var matched = 0;
        for (var i = 0; i < log.Count; i++)
        {
            var place = log[i];
            if (place.Propensity is not (> 0 and <= 1))
            {
                throw new ArgumentException($"Place {i} has the propensity {place.Propensity}; it must be above 0 and at most 1.", nameof(log));
            }

            if (chosen[i] is not { } choice)
            {
                continue;
            }

            var weight = choice == place.Course ? 1 / place.Propensity : 0;
            matched += weight > 0 ? 1 : 0;
            var sums = learners.GetValueOrDefault(place.Learner);
            learners[place.Learner] = sums.Plus(new(
                1,
                place.Reward,
                weight,
                weight * weight,
                weight * place.Reward,
                rewards.Of(place.Learner, choice) + (weight * (place.Reward - rewards.Of(place.Learner, place.Course)))));
        }

        // In an order that does not depend on the log's.
        var all = learners.OrderBy(learner => KeyHash.Of(learner.Key)).ThenBy(learner => learner.Key, StringComparer.Ordinal).Select(learner => learner.Value).ToArray();
        var total = all.Aggregate(default(Sums), (sum, learner) => sum.Plus(learner));
        var resampled = Resample(all);
        return new(
            policy,
            (int)total.Places,
            matched,
            total.SquaredWeights == 0 ? 0 : total.Weights * total.Weights / total.SquaredWeights,
            Completion.Evaluation.Estimate.Of(total.Logged, [.. resampled.Select(draw => draw.Logged)]),
            Completion.Evaluation.Estimate.Of(total.Snips, [.. resampled.Select(draw => draw.Snips)]),
            Completion.Evaluation.Estimate.Of(total.DoublyRobust, [.. resampled.Select(draw => draw.DoublyRobust)]));
    }

    private static Sums[] Resample(Sums[] learners)
    {
        var chance = new Random(1);
        var draws = new Sums[Draws];
        foreach (ref var draw in draws.AsSpan())
        {
            for (var i = 0; i < learners.Length; i++)
            {
                draw = draw.Plus(learners[chance.Next(learners.Length)]);
            }
        }

        return draws;
    }

    private readonly record struct Sums(double Places, double Rewards, double Weights, double SquaredWeights, double Weighted, double Corrected)
    {
        public double Logged => Rewards / Places;

        public double Snips => Weighted / Weights;

        public double DoublyRobust => Corrected / Places;

        public Sums Plus(in Sums other) => new(
            Places + other.Places,
            Rewards + other.Rewards,
            Weights + other.Weights,
            SquaredWeights + other.SquaredWeights,
            Weighted + other.Weighted,
            Corrected + other.Corrected);
    }
}

/// <summary>What a policy would have brought at the places of a log.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Places">How many places were judged.</param>
/// <param name="Matched">At how many the policy would have shown what was shown.</param>
/// <param name="EffectiveSize">How many places with equal weights would tell as much: the square of the weights' sum over the sum of their squares.</param>
/// <param name="Logged">What the places brought: the mean reward.</param>
/// <param name="Snips">What the policy would have brought, by self-normalised inverse propensities; not a number where nothing matched.</param>
/// <param name="DoublyRobust">The same, doubly robust.</param>
public sealed record OffPolicyReport(string Policy, int Places, int Matched, double EffectiveSize, Estimate Logged, Estimate Snips, Estimate DoublyRobust);
