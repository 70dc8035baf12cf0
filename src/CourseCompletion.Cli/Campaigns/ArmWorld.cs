using CourseCompletion.Cli.Simulate;
using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Arms;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>The arms of one simulated campaign and what they really do.</summary>
/// <remarks>
/// Four templates at two timings. An arm's logits are the sum of a normal draw for the template (deviation 0.2), one for the timing (0.1) and one of its own (0.1), plus what its audience adds: "streak" is awake only
/// for a learner in a streak, "missed" only after two days of silence, the others always. An arm that the learner saw d days ago loses 0.15 * 0.5^(d / 5) logits.
/// </remarks>
internal sealed class ArmWorld
{
    private const double Staleness = 0.15;
    private const double StaleHalfLifeDays = 5;
    private static readonly string[] _templates = ["plain", "goal", "streak", "missed"];
    private static readonly string[] _timings = ["fixed", "best-hour"];
    private readonly Dictionary<ArmId, double> _logits = [];

    /// <summary>Draws a campaign's arms.</summary>
    public ArmWorld(ulong seed, int campaign)
    {
        var chance = new Chance(seed, 40, campaign);
        var timings = _timings.Select(_ => 0.1 * chance.Normal()).ToArray();
        foreach (var template in _templates)
        {
            var own = 0.2 * chance.Normal();
            for (var timing = 0; timing < _timings.Length; timing++)
            {
                _logits.Add(ArmId.Of(template, _timings[timing]), own + timings[timing] + (0.1 * chance.Normal()));
            }
        }
    }

    /// <summary>The arms that may be sent to a learner now.</summary>
    /// <param name="learner">The learner.</param>
    /// <param name="sentOn">On which day the learner was last sent each arm.</param>
    public IReadOnlyCollection<AwakeArm> AwakeFor(NudgedLearner learner, Dictionary<ArmId, int> sentOn) =>
    [
        .. _logits.Keys.Where(arm => IsAwake(arm, learner)).Select(arm => new AwakeArm(arm, sentOn.TryGetValue(arm, out var day) ? learner.Day - day : null)),
    ];

    /// <summary>What an arm adds to the logits of a learner's return.</summary>
    public double LogitsOf(AwakeArm arm) =>
        _logits[arm.Arm] - (arm.DaysSinceSent is { } days ? Staleness * Math.Pow(0.5, days / StaleHalfLifeDays) : 0);

    private static bool IsAwake(ArmId arm, NudgedLearner learner) =>
        arm.Value.StartsWith("streak", StringComparison.Ordinal) ? learner.StreakDays > 0
        : !arm.Value.StartsWith("missed", StringComparison.Ordinal) || learner.DaysSilent >= 2;
}
