using CourseCompletion.Domain.Campaigns.Uplift;

namespace CourseCompletion.Cli.Simulate.Responses;

/// <summary>A simulated learner who lives through days with and without nudges by a <see cref="NudgeLaw"/>.</summary>
internal sealed class NudgedLearner
{
    private readonly NudgeLaw _law;
    private readonly ulong _seed;
    private readonly long _learner;
    private readonly double _estimateError;
    private double _fatigue;
    private int _sends;
    private int _ignored;
    private int _streak;
    private int _silent;
    private int _day;

    /// <summary>Draws a learner before the first day.</summary>
    public NudgedLearner(NudgeLaw law, ulong seed, long learner)
    {
        (_law, _seed, _learner) = (law, seed, learner);
        Traits = NudgeTraits.Draw(seed, learner);
        _estimateError = new Chance(seed, 12, learner).Normal();
        _silent = 1;
        HourMatch = Today().Uniform();
    }

    /// <summary>What the learner is like.</summary>
    public NudgeTraits Traits { get; }

    /// <summary>How well today's moment fits the learner, from 0 to 1.</summary>
    public double HourMatch { get; private set; }

    /// <summary>The day, from 0 on.</summary>
    public int Day => _day;

    /// <summary>Days in a row on which the learner returned.</summary>
    public int StreakDays => _streak;

    /// <summary>Days since the learner's last return.</summary>
    public int DaysSilent => _silent;

    /// <summary>What the engine would know now: the probability is right about motivation up to an error.</summary>
    public UpliftSituation Situation => new(
        (float)HazardModel.Logistic((0.9 * Traits.Motivation) + (0.3 * _estimateError) - (0.2 * Math.Log(1 + _silent))),
        _silent,
        int.PopCount(_sends),
        _ignored,
        _streak,
        (float)HourMatch);

    /// <summary>The true probability of a return within a day from now.</summary>
    /// <param name="nudged">Whether the learner is sent something.</param>
    /// <param name="armLogits">What the arm sent adds.</param>
    public double ReturnProbability(bool nudged, double armLogits = 0)
    {
        var alone = NudgeLaw.AloneLogit(Traits, _silent, _streak);
        return HazardModel.Logistic(nudged ? alone + _law.NudgeLogit(Traits, _streak, HourMatch, _fatigue, _ignored) + armLogits : alone);
    }

    /// <summary>The true uplift of a nudge now.</summary>
    public double Uplift => ReturnProbability(true) - ReturnProbability(false);

    /// <summary>The true probability of a return within so many days, of which a nudge can change the first only.</summary>
    public double ReturnProbabilityWithin(int days, bool nudged)
    {
        var stays = 1 - ReturnProbability(nudged);
        for (var day = 1; day < days; day++)
        {
            stays *= 1 - HazardModel.Logistic(NudgeLaw.AloneLogit(Traits, _silent + day, 0));
        }

        return 1 - stays;
    }

    /// <summary>Lives a day; the same draw decides with and without a nudge, so that worlds differ by what nudges do alone.</summary>
    /// <param name="nudged">Whether the learner is sent something.</param>
    /// <param name="armLogits">What the arm sent adds.</param>
    /// <returns>Whether the learner returned within the day.</returns>
    public bool Live(bool nudged, double armLogits = 0)
    {
        var returned = new Chance(_seed, 13, _learner, _day).Uniform() < ReturnProbability(nudged, armLogits);
        _ignored = returned ? 0 : _ignored + (nudged ? 1 : 0);
        _fatigue = (_fatigue + (nudged ? 1 : 0)) * NudgeLaw.FatigueLeft;
        // One bit for each of the last seven days.
        _sends = ((_sends << 1) | (nudged ? 1 : 0)) & 0x7F;
        (_streak, _silent) = returned ? (_streak + 1, 0) : (0, _silent + 1);
        _day++;
        HourMatch = Today().Uniform();
        return returned;
    }

    private Chance Today() => new(_seed, 14, _learner, _day);
}
