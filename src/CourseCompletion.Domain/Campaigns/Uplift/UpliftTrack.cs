namespace CourseCompletion.Domain.Campaigns.Uplift;

/// <summary>What one learner's finished decisions say about whom a campaign should leave alone. Owned and changed by one fold at a time.</summary>
public sealed class UpliftTrack
{
    /// <summary>How many finished decisions of a learner models are fitted on: the newest.</summary>
    public const int SampleMax = 16;

    private readonly List<UpliftDecision> _sample = [];

    /// <summary>What all finished decisions gained by the estimates that they were made with.</summary>
    public UpliftGains Gains { get; private set; }

    /// <summary>The newest finished decisions, oldest first.</summary>
    public IReadOnlyList<UpliftDecision> Sample => _sample;

    /// <summary>Puts a stored track together again.</summary>
    public static UpliftTrack Restore(in UpliftGains gains, IEnumerable<UpliftDecision> sample)
    {
        var track = new UpliftTrack { Gains = gains };
        track._sample.AddRange(sample);
        return track;
    }

    /// <summary>Takes a finished decision; one whose propensity left no choice teaches nothing.</summary>
    /// <param name="draw">What it was made with.</param>
    /// <param name="sent">Whether something was sent.</param>
    /// <param name="returned">Whether the learner came back within the reward's window.</param>
    public void Finish(UpliftDraw draw, bool sent, bool returned)
    {
        if (draw.SendPropensity is not (> 0 and < 1))
        {
            return;
        }

        var decision = new UpliftDecision(draw.Situation, draw.SendPropensity, sent, returned);
        Gains = Gains.Add(decision, draw.Estimate);
        if (_sample.Count == SampleMax)
        {
            _sample.RemoveAt(0);
        }

        _sample.Add(decision);
    }

    /// <summary>A copy that later folds do not change.</summary>
    public UpliftTrack Copy() => Restore(Gains, _sample);
}
