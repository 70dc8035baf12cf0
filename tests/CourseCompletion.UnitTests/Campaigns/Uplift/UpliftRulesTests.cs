using CourseCompletion.Cli.Simulate;
using CourseCompletion.Domain.Campaigns.Uplift;
using Xunit;

namespace CourseCompletion.UnitTests.Campaigns.Uplift;

public class UpliftRulesTests
{
    private static readonly UpliftPolicy _policy = UpliftPolicy.Default;

    [Fact]
    public void Learn_UpliftThatChangesItsSign_IsFoundAndFollowed()
    {
        // A nudge gains 0.2 at the best hour and costs 0.2 at the worst.
        var state = Live(1, 20_000, hour => 0.2 * ((2 * hour) - 1));

        Assert.Equal(UpliftGate.On, UpliftRules.VerdictOf(state, _policy).Gate);
        Assert.InRange(state.Model!.UpliftOf(Features(1)), 0.15, 0.25);
        Assert.InRange(state.Model.UpliftOf(Features(0)), -0.25, -0.15);
        Assert.Equal(0.95, UpliftRules.SendPropensityOf(state, Features(1), _policy), 12);
        Assert.Equal(0.05, UpliftRules.SendPropensityOf(state, Features(0), _policy), 12);
        Assert.InRange(UpliftRules.SendPropensityOf(state, Features(0.5), _policy), 0.06, 0.94);
    }

    // Advice can only be better than silence; that it beats sending to all is never shown.
    [Fact]
    public void Learn_NudgeThatHelpsEverybody_StaysOffAndSaysWhy()
    {
        var state = Live(2, 10_000, _ => 0.2);

        Assert.Equal(UpliftGate.NotBetterThanSending, UpliftRules.VerdictOf(state, _policy).Gate);
        Assert.Equal(0.5, UpliftRules.SendPropensityOf(state, Features(1), _policy));
        Assert.Contains("Off", UpliftRules.VerdictOf(state, _policy).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_NudgeThatHarmsEverybody_StaysOffAndSaysWhy() =>
        Assert.Equal(UpliftGate.NotBetterThanSilence, UpliftRules.VerdictOf(Live(3, 10_000, _ => -0.15), _policy).Gate);

    [Fact]
    public void Learn_NudgesWithoutEffectJudgedAfterEveryDecision_AlmostNeverTurnOn()
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
    public void Learn_WorldThatTurnsRound_TurnsOffAgain()
    {
        var state = Live(5, 15_000, hour => 0.25 * ((2 * hour) - 1));
        Assert.True(state.IsOn);

        // A model that can no longer learn, so that its advice stays what it was.
        var stubborn = _policy with { RefitGrowth = double.PositiveInfinity };
        Live(6, 100_000, hour => -0.25 * ((2 * hour) - 1), into: state, policy: stubborn);

        Assert.False(state.IsOn);
    }

    // Propensities that depend on what also decides the reward: plain means of sent and silent would be far off.
    [Fact]
    public void Learn_SendsThatWereLikelierForThoseWhoReturnAnyway_AreNotTakenForUplift()
    {
        var state = new UpliftState();
        var chance = new Chance(12);
        for (var i = 0; i < 20_000; i++)
        {
            var hour = chance.Uniform();
            var propensity = 0.1 + (0.8 * hour);
            var sends = chance.Hits(propensity);
            UpliftRules.Learn(state, new(Features(hour), sends, propensity, chance.Hits(0.1 + (0.6 * hour)) ? 1 : 0), _policy);
        }

        Assert.InRange(state.Model!.UpliftOf(Features(0.5)), -0.02, 0.02);
        Assert.InRange(state.Model.UpliftOf(Features(0.9)), -0.04, 0.04);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Learn_DecisionThatLeftNoChoice_TeachesNothing(double propensity)
    {
        var state = new UpliftState();

        Assert.False(UpliftRules.Learn(state, new(Features(0.5), true, propensity, 1), _policy));
        Assert.Equal(0, state.Decisions);
    }

    [Fact]
    public void Merge_PartsOfACampaign_TeachAsMuchAsTheWhole()
    {
        var (left, right) = (Live(7, 6_000, hour => 0.3 * ((2 * hour) - 1)), Live(8, 6_000, hour => 0.3 * ((2 * hour) - 1)));
        var judged = left.OverSilence.Count + right.OverSilence.Count;

        UpliftRules.Merge(left, right, _policy);

        Assert.Equal(12_000, left.Decisions);
        Assert.Equal(judged, left.OverSilence.Count);
        Assert.True(left.IsOn);
    }

    [Fact]
    public void Codec_State_ReadsWhatItWrote()
    {
        foreach (var state in new[] { new(), Live(9, 3_000, hour => hour / 5) })
        {
            var bytes = UpliftStateCodec.Encode(state);
            var read = UpliftStateCodec.Decode(bytes);

            Assert.Equal(bytes, UpliftStateCodec.Encode(read));
            Assert.Equal(UpliftRules.VerdictOf(state, _policy), UpliftRules.VerdictOf(read, _policy));
            Assert.Equal(UpliftRules.SendPropensityOf(state, Features(1), _policy), UpliftRules.SendPropensityOf(read, Features(1), _policy));
            Assert.InRange(bytes.Length, 0, 6_000);
        }
    }

    private static double[] Features(double hourMatch) => UpliftFeatures.Of(new(0.5, 2, 1, 0, 0, hourMatch));

    private static UpliftState Live(
        ulong seed, int decisions, Func<double, double> uplift, Action<UpliftState>? each = null, UpliftState? into = null, UpliftPolicy? policy = null)
    {
        var (state, chance) = (into ?? new UpliftState(), new Chance(seed, 3));
        for (var i = 0; i < decisions; i++)
        {
            var hour = chance.Uniform();
            var features = Features(hour);
            var propensity = UpliftRules.SendPropensityOf(state, features, _policy);
            var sends = chance.Hits(propensity);
            UpliftRules.Learn(state, new(features, sends, propensity, chance.Hits(0.4 + (sends ? uplift(hour) : 0)) ? 1 : 0), policy ?? _policy);
            each?.Invoke(state);
        }

        return state;
    }
}
