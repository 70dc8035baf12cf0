using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Campaigns.Uplift;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Cli.Campaigns;

/// <summary>Lets a campaign learn whom to leave alone, then follows its advice with learners it has never met.</summary>
internal static class UpliftEvaluation
{
    // A decision every third day, about as often as the caps allow.
    private const int DecisionEvery = 3;
    private const int DecisionsEach = 20;
    private const int FreshLearners = 10_000;

    /// <summary>Runs it.</summary>
    /// <param name="seed">Of the learners; those whom the campaign has never met have the next one.</param>
    /// <param name="decisions">How many decisions it learns from.</param>
    /// <param name="law">What nudges really do.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static UpliftResult Run(ulong seed, int decisions, NudgeLaw law, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var policy = UpliftPolicy.Default;
        var (state, onSince) = Learn(seed, decisions, policy, law, progress, cancellationToken);
        double Follow(string name, Func<NudgedLearner, bool> sends)
        {
            progress.Report(new TrainingProgress($"fresh learners: {name}", 0, FreshLearners));
            cancellationToken.ThrowIfCancellationRequested();
            return MeanReturn(seed + 1, law, sends);
        }

        return new(
            state.Gains.Decisions,
            onSince,
            UpliftRules.VerdictOf(state, policy),
            Follow("silence", _ => false),
            Follow("send to all", _ => true),
            Follow("advised", learner => state.Model?.UpliftOf(UpliftFeatures.Of(learner.Situation)) > 0),
            Follow("oracle", learner => learner.Uplift > 0));
    }

    // As the engine does: all decide, a day passes, then their decisions are finished, and the campaign sums up what they say.
    private static (UpliftState State, long? OnSince) Learn(
        ulong seed, int decisions, UpliftPolicy policy, NudgeLaw law, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var (state, onSince) = (UpliftState.None, (long?)null);
        var learners = Enumerable.Range(0, Math.Max(1, decisions / DecisionsEach)).Select(number => new NudgedLearner(law, seed, number)).ToList();
        var tracks = learners.ConvertAll(_ => new UpliftTrack());
        for (var round = 0; state.Gains.Decisions < decisions; round++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress.Report(new TrainingProgress("uplift: decisions", (int)state.Gains.Decisions, decisions));
            for (var number = 0; number < learners.Count; number++)
            {
                var draw = UpliftRules.DrawFor(state, learners[number].Situation, policy);
                var sends = CampaignAssignment.UniformOf("send", $"{seed}-round-{round}", $"learner-{number}") < draw.SendPropensity;
                tracks[number].Finish(draw, sends, learners[number].Live(sends));
                Rest(learners[number]);
            }

            state = Learn(state, tracks, policy);
            onSince = state.IsOn ? onSince ?? state.Gains.Decisions : null;
        }

        return (state, onSince);
    }

    private static UpliftState Learn(UpliftState state, List<UpliftTrack> tracks, UpliftPolicy policy)
    {
        state = UpliftRules.Judge(state, tracks.Aggregate(default(UpliftGains), (sum, track) => sum.Add(track.Gains)), policy);
        if (!UpliftRules.IsFitDue(state, policy))
        {
            return state;
        }

        var sample = new UpliftMoments();
        foreach (var decision in tracks.SelectMany(track => track.Sample))
        {
            sample.Add(decision);
        }

        return UpliftRules.Fit(state, sample, policy);
    }

    private static double MeanReturn(ulong seed, NudgeLaw law, Func<NudgedLearner, bool> sends)
    {
        var sum = 0d;
        for (var number = 0; number < FreshLearners; number++)
        {
            var learner = new NudgedLearner(law, seed, number);
            for (var round = 0; round < DecisionsEach; round++)
            {
                var isSent = sends(learner);
                // The expectation instead of the draw takes a good part of the noise away.
                sum += learner.ReturnProbability(isSent);
                learner.Live(isSent);
                Rest(learner);
            }
        }

        return sum / (FreshLearners * DecisionsEach);
    }

    private static void Rest(NudgedLearner learner)
    {
        for (var day = 1; day < DecisionEvery; day++)
        {
            learner.Live(nudged: false);
        }
    }
}
