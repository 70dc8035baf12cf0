using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>Some of a group's learners, the same ones in every group: those whose ids have the smallest hashes.</summary>
/// <remarks>
/// Because all groups sample by the same hash, samples can be united and set against each other, and the shares in a sample are those of the group. Exact up to <see cref="LearnersMax"/> learners;
/// beyond, an estimated number errs by about 1 / sqrt(512), 4 %. (A bottom-k sketch: Cohen and Kaplan 2007.)
/// </remarks>
public sealed class LearnerSample
{
    /// <summary>How many learners a sample holds.</summary>
    public const int LearnersMax = 512;

    private LearnerSample(SampledLearner[] learners, ulong hashBelow) => (Learners, HashBelow) = (learners, hashBelow);

    /// <summary>Of nobody.</summary>
    public static LearnerSample Empty { get; } = new([], ulong.MaxValue);

    /// <summary>The learners, by hash ascending.</summary>
    public IReadOnlyList<SampledLearner> Learners { get; }

    /// <summary>Every learner of the group with a smaller hash is in the sample.</summary>
    public ulong HashBelow { get; }

    /// <summary>How many learners the group has.</summary>
    public double Estimate => ScaledUp(Learners.Count, HashBelow);

    /// <summary>Samples a group; of a learner named repeatedly the newest day counts.</summary>
    /// <param name="learners">The learners, in any order.</param>
    /// <param name="hashBelow">Which of the group's learners are among them: all with a smaller hash.</param>
    public static LearnerSample Of(IEnumerable<SampledLearner> learners, ulong hashBelow = ulong.MaxValue)
    {
        var newest = new Dictionary<ulong, int>();
        foreach (var learner in learners)
        {
            if (learner.Hash < hashBelow && (!newest.TryGetValue(learner.Hash, out var day) || day < learner.Day))
            {
                newest[learner.Hash] = learner.Day;
            }
        }

        var sorted = newest.Select(known => new SampledLearner(known.Key, known.Value)).OrderBy(learner => learner.Hash).ToArray();
        return sorted.Length <= LearnersMax ? new(sorted, hashBelow) : new(sorted[..LearnersMax], sorted[LearnersMax].Hash);
    }

    /// <summary>How many learners of this group are not in another.</summary>
    public double EstimateWithout(LearnerSample other)
    {
        var below = Math.Min(HashBelow, other.HashBelow);
        var others = other.Learners.Select(learner => learner.Hash).ToHashSet();
        return ScaledUp(Learners.Count(learner => learner.Hash < below && !others.Contains(learner.Hash)), below);
    }

    private static double ScaledUp(int count, ulong hashBelow) =>
        hashBelow == ulong.MaxValue ? count : count / (hashBelow / (double)ulong.MaxValue);
}

/// <summary>A learner of a sample.</summary>
/// <param name="Hash">The hash of the id.</param>
/// <param name="Day">The UTC day (days since 1970-01-01) of the newest activity.</param>
public readonly record struct SampledLearner(ulong Hash, int Day)
{
    /// <summary>A learner by id.</summary>
    public static SampledLearner Of(string learner, int day) => new(KeyHash.Of(learner), day);
}
