using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Recommendations;

/// <summary>Has the engine's own recommender live through histories: everything counted, then every enrolment learned from once, as a running engine does.</summary>
public static class TransitionTrainer
{
    private const int ReportEvery = 1_024;

    /// <summary>Learns a model.</summary>
    /// <param name="train">The histories.</param>
    /// <param name="policy">The model's numbers.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two learners.</param>
    public static TransitionModel Train(ItemHistories train, TransitionPolicy policy, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var model = new TransitionModel(policy);
        model.Grow(train.Items.Count);
        ForEach(train.Sequences, "counting transitions", (taken, next) => model.Count(taken, next, 1));
        model.Settle();

        // A file may have its learners in the order of their first course. Those at the end must not have the last word on weights that all share.
        var mixed = train.Sequences.Index().OrderBy(learner => KeyHash.Of($"{learner.Index}")).Select(learner => learner.Item).ToList();
        ForEach(mixed, "learning transitions", model.Learn);
        return model;

        void ForEach(IReadOnlyList<int[]> sequences, string stage, Step step)
        {
            for (var learner = 0; learner < sequences.Count; learner++)
            {
                if (learner % ReportEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress.Report(new(stage, learner, sequences.Count));
                }

                for (var i = 0; i < sequences[learner].Length; i++)
                {
                    step(sequences[learner].AsSpan(0, i), sequences[learner][i]);
                }
            }
        }
    }

    private delegate void Step(ReadOnlySpan<int> taken, int next);
}
