using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Uplift;
using CsCheck;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Uplift;

public class UpliftRulesTests
{
    private static readonly UpliftPolicy _policy = UpliftPolicy.Default;

    private static readonly Gen<(UpliftDecision Decision, UpliftEstimate? Estimate)> _decision = Gen.Select(
        Gen.Float[0, 1], Gen.Float[0.05f, 0.95f], Gen.Bool, Gen.Bool, Gen.Select(Gen.Float[0, 1], Gen.Float[0, 1], Gen.Float[-1, 1]).Nullable(),
        (hour, propensity, sent, returned, estimate) => (
            new UpliftDecision(Situation(hour), propensity, sent, returned),
            estimate is { } made ? new UpliftEstimate(made.Item1, made.Item2, made.Item3) : (UpliftEstimate?)null));

    [Fact]
    public void Judge_UpliftThatChangesItsSign_IsFoundAndFollowed()
    {
        // A nudge gains 0.2 at the best hour and costs 0.2 at the worst.
        var state = Live(1, 20_000, hour => 0.2 * ((2 * hour) - 1));

        Assert.Equal(UpliftGate.On, UpliftRules.VerdictOf(state, _policy).Gate);
        Assert.InRange(state.Model!.UpliftOf(Features(1)), 0.15, 0.25);
        Assert.InRange(state.Model.UpliftOf(Features(0)), -0.25, -0.15);
        Assert.Equal(0.95f, UpliftRules.DrawFor(state, Situation(1), _policy).SendPropensity);
        Assert.Equal(0.05f, UpliftRules.DrawFor(state, Situation(0), _policy).SendPropensity);
        Assert.InRange(UpliftRules.DrawFor(state, Situation(0.5f), _policy).SendPropensity, 0.06, 0.94);
        Assert.Equal((1f, 0f), (UpliftRules.AdviceFor(state, Situation(1)).SendPropensity, UpliftRules.AdviceFor(state, Situation(0)).SendPropensity));
    }

    // Advice can only be better than silence; that it beats sending to all is never shown.
    [Fact]
    public void Judge_NudgeThatHelpsEverybody_StaysOffAndSaysWhy()
    {
        var state = Live(2, 10_000, _ => 0.2);

        Assert.Equal(UpliftGate.NotBetterThanSending, UpliftRules.VerdictOf(state, _policy).Gate);
        Assert.Equal(0.5f, UpliftRules.DrawFor(state, Situation(1), _policy).SendPropensity);
        Assert.Equal(1, UpliftRules.AdviceFor(state, Situation(1)).SendPropensity);
        Assert.Contains("Off", UpliftRules.VerdictOf(state, _policy).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Judge_NudgeThatHarmsEverybody_StaysOffAndSaysWhy() =>
        Assert.Equal(UpliftGate.NotBetterThanSilence, UpliftRules.VerdictOf(Live(3, 10_000, _ => -0.15), _policy).Gate);

    [Fact]
    public void Judge_NudgesWithoutEffectJudgedAfterEveryDecision_AlmostNeverTurnOn()
    {
        var turnedOn = Enumerable.Range(0, 40).Count(world =>
        {
            var on = false;
            Live((ulong)(100 + world), 5_000, _ => 0, state => on |= state.IsOn);
            return on;
        });

        Assert.InRange(turnedOn, 0, 2);
    }

    [Fact]
    public void VerdictOf_FewDecisions_IsOffForThatReason() =>
        Assert.Equal(UpliftGate.TooFewDecisions, UpliftRules.VerdictOf(Live(4, 1_500, hour => 0.2 * ((2 * hour) - 1)), _policy).Gate);

    [Fact]
    public void Judge_WorldThatTurnsRound_TurnsOffAgain()
    {
        var state = Live(5, 15_000, hour => 0.25 * ((2 * hour) - 1));
        Assert.True(state.IsOn);

        // A model that can no longer learn, so that its advice stays what it was.
        var stubborn = _policy with { RefitGrowth = double.PositiveInfinity };
        Assert.False(Live(6, 100_000, hour => -0.25 * ((2 * hour) - 1), from: state, policy: stubborn).IsOn);
    }

    // Propensities that depend on what also decides the reward: plain means of sent and silent would be far off.
    [Fact]
    public void Fit_SendsThatWereLikelierForThoseWhoReturnAnyway_AreNotTakenForUplift()
    {
        var (sample, chance) = (new UpliftMoments(), new Chance(12));
        for (var i = 0; i < 20_000; i++)
        {
            var hour = (float)chance.Uniform();
            var propensity = 0.1f + (0.8f * hour);
            sample.Add(new UpliftDecision(Situation(hour), propensity, chance.Hits(propensity), chance.Hits(0.1 + (0.6 * hour))));
        }

        var state = UpliftRules.Fit(UpliftState.None, sample, _policy);

        Assert.InRange(state.Model!.UpliftOf(Features(0.5f)), -0.02, 0.02);
        Assert.InRange(state.Model.UpliftOf(Features(0.9f)), -0.04, 0.04);
    }

    // Estimates that are far off, and decisions that finish in any order: the mean score is still what following them gains.
    [Fact]
    public void Add_EstimatesThatAreWrong_GainIsRightOnAverage()
    {
        const int decisions = 200_000;
        var (gains, gained, chance) = (default(UpliftGains), 0d, new Chance(13));
        for (var i = 0; i < decisions; i++)
        {
            var hour = (float)chance.Uniform();
            var uplift = 0.3 * ((2 * hour) - 1);
            var estimate = new UpliftEstimate(0.9f, (float)chance.Uniform(), (float)(chance.Uniform() - 0.3));
            var propensity = 0.2f + (0.6f * hour);
            var sends = chance.Hits(propensity);
            gains = gains.Add(new(Situation(hour), propensity, sends, chance.Hits(0.4 + (sends ? uplift : 0))), estimate);
            gained += estimate.Advises ? uplift : 0;
        }

        Assert.InRange(gains.OverSilence.Mean - (gained / decisions), -0.01, 0.01);
    }

    [Fact]
    public void Add_DecisionsInAnyOrder_SumUpToTheSame() => Gen.Select(_decision, Gen.Int).Array[2, 40].Sample(finished =>
    {
        var one = Sum(finished.Select(each => each.Item1));
        var other = Sum(finished.OrderBy(each => each.Item2).Select(each => each.Item1));

        Assert.Equal((one.Gains.Decisions, one.Gains.OverSilence.Count), (other.Gains.Decisions, other.Gains.OverSilence.Count));
        Assert.Equal(one.Gains.OverSilence.Sum, other.Gains.OverSilence.Sum, 9);
        Assert.Equal(one.Gains.OverSilence.Squares, other.Gains.OverSilence.Squares, 9);
        Assert.Equal(one.Gains.OverSending.Sum, other.Gains.OverSending.Sum, 9);
        Assert.All(one.Sample.Sent.WeightedRewards.Zip(other.Sample.Sent.WeightedRewards), pair => Assert.Equal(pair.First, pair.Second, 9));
        Assert.All(one.Sample.Silent.OverlapProducts.Zip(other.Sample.Silent.OverlapProducts), pair => Assert.Equal(pair.First, pair.Second, 9));

        static (UpliftGains Gains, UpliftMoments Sample) Sum(IEnumerable<(UpliftDecision Decision, UpliftEstimate? Estimate)> decisions)
        {
            var (gains, sample) = (default(UpliftGains), new UpliftMoments());
            foreach (var (decision, estimate) in decisions)
            {
                gains = gains.Add(decision, estimate);
                sample.Add(decision);
            }

            return (gains, sample);
        }
    });

    [Fact]
    public void Codec_State_ReadsWhatItWrote()
    {
        foreach (var state in new[] { UpliftState.None, Live(9, 3_000, hour => hour / 5) })
        {
            var bytes = UpliftStateCodec.Encode(state);
            var read = UpliftStateCodec.Decode(bytes);

            Assert.Equal(bytes, UpliftStateCodec.Encode(read));
            Assert.Equal(UpliftRules.VerdictOf(state, _policy), UpliftRules.VerdictOf(read, _policy));
            Assert.Equal(UpliftRules.DrawFor(state, Situation(1), _policy), UpliftRules.DrawFor(read, Situation(1), _policy));
            Assert.InRange(bytes.Length, 0, 6_000);
        }
    }

    private static double[] Features(float hourMatch) => UpliftFeatures.Of(Situation(hourMatch));

    private static UpliftSituation Situation(float hourMatch) => new(0.5f, 2, 1, 0, 0, hourMatch);

    private static UpliftState Live(
        ulong seed, int decisions, Func<double, double> uplift, Action<UpliftState>? each = null, UpliftState? from = null, UpliftPolicy? policy = null)
    {
        var (state, sample, chance) = (from ?? UpliftState.None, new UpliftMoments(), new Chance(seed, 3));
        for (var i = 0; i < decisions; i++)
        {
            var hour = (float)chance.Uniform();
            var draw = UpliftRules.DrawFor(state, Situation(hour), _policy);
            var sends = chance.Hits(draw.SendPropensity);
            var decision = new UpliftDecision(draw.Situation, draw.SendPropensity, sends, chance.Hits(0.4 + (sends ? uplift(hour) : 0)));
            sample.Add(decision);
            state = UpliftRules.Judge(state, state.Gains.Add(decision, draw.Estimate), policy ?? _policy);
            state = UpliftRules.IsFitDue(state, policy ?? _policy) ? UpliftRules.Fit(state, sample, policy ?? _policy) : state;
            each?.Invoke(state);
        }

        return state;
    }
}
