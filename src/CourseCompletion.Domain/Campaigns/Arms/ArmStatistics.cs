namespace CourseCompletion.Domain.Campaigns.Arms;

/// <summary>What a campaign's finished decisions say about its arms; bounded, and mergeable in any order.</summary>
/// <remarks>
/// A decision is finished when its reward window has ended, also for a learner who returned at once: else the first to finish would be those who returned.
/// </remarks>
public sealed class ArmStatistics
{
    /// <summary>How many arms are remembered; beyond it the one that was sent least goes.</summary>
    public const int ArmsMax = 50;

    private readonly SortedDictionary<string, ArmSums> _arms = new(StringComparer.Ordinal);

    /// <summary>The arms known, in the order of their ids.</summary>
    public IEnumerable<ArmId> Arms => _arms.Keys.Select(arm => new ArmId(arm));

    /// <summary>What is known of an arm; nothing of a new one.</summary>
    public ArmSums SumsOf(ArmId arm) => _arms.GetValueOrDefault(arm.Value);

    /// <summary>Takes a finished decision.</summary>
    /// <param name="awake">The arms that could have been chosen, with their propensities then.</param>
    /// <param name="chosen">The arm that was.</param>
    /// <param name="reward">From 0 to 1.</param>
    public void Record(IReadOnlyList<ArmPropensity> awake, ArmId chosen, double reward)
    {
        foreach (var (arm, propensity) in awake)
        {
            // A propensity of 1 left no other to compare with; one of 0 cannot have been chosen.
            var weight = arm == chosen ? 1 / propensity : 1 / (1 - propensity);
            if (double.IsFinite(weight))
            {
                Add(arm, arm == chosen ? new(weight, weight * reward, weight * weight, 0, 0) : new(0, 0, 0, weight, weight * reward));
            }
        }
    }

    /// <summary>Takes what another part of the campaign has learned.</summary>
    public void Merge(ArmStatistics other)
    {
        foreach (var (arm, sums) in other._arms)
        {
            Add(new(arm), sums);
        }
    }

    /// <summary>A copy that later decisions do not change.</summary>
    public ArmStatistics Copy()
    {
        var copy = new ArmStatistics();
        copy.Merge(this);
        return copy;
    }

    /// <summary>Takes sums of one arm.</summary>
    internal void Add(ArmId arm, ArmSums sums)
    {
        _arms[arm.Value] = SumsOf(arm).Add(sums);
        if (_arms.Count > ArmsMax)
        {
            _arms.Remove(_arms.Where(known => known.Key != arm.Value).MinBy(known => known.Value.ChosenWeight).Key);
        }
    }
}
