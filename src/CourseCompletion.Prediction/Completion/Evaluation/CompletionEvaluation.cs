using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Completion.Evaluation;

/// <summary>Trains on some courses or learners and measures on others, at fixed days of the course.</summary>
/// <remarks>
/// A test row's label is read once, when its score is compared with it. The rows of a cut-off are the enrolments at risk then: enrolled and not withdrawn by what was received
/// before it. Who comes later is in no row, rank or denominator.
/// </remarks>
public sealed class CompletionEvaluation(EvaluationOptions options, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
{
    /// <summary>Cross-validation by course: courses sorted by id as text, fold = index mod the number of folds; all folds' rows are measured together.</summary>
    public IReadOnlyList<ScoredRow> CrossValidate(CompletionHistory history, int folds)
    {
        var courses = history.Outcomes.Select(outcome => outcome.Course.Value).Distinct().Order(StringComparer.Ordinal).ToList();
        var foldOf = courses.Select((course, index) => (course, fold: index % folds)).ToDictionary(pair => new CourseId(pair.course), pair => pair.fold);
        return CrossValidate(history, Math.Min(folds, courses.Count), outcome => foldOf[outcome.Course]);
    }

    /// <summary>Cross-validation by learner, for a history of one course: it cannot tell how well another course would be predicted.</summary>
    public IReadOnlyList<ScoredRow> CrossValidateLearners(CompletionHistory history, int folds) =>
        CrossValidate(history, folds, outcome => LearnerFolds.Of(outcome.Learner, folds));

    /// <summary>Trains on one history and tests on another.</summary>
    public IReadOnlyList<ScoredRow> TrainAndTest(CompletionHistory train, CompletionHistory test) =>
        Score(train, Take(train), _ => true, test, Take(test), _ => true, "training");

    private List<ScoredRow> CrossValidate(CompletionHistory history, int folds, Func<EnrolmentOutcome, int> foldOf)
    {
        var rows = Take(history);
        var scored = new List<ScoredRow>();
        for (var fold = 0; fold < folds; fold++)
        {
            scored.AddRange(Score(
                history, rows, outcome => foldOf(outcome) != fold, history, rows, outcome => foldOf(outcome) == fold, $"fold {fold + 1} of {folds}"));
        }

        return scored;
    }

    private SnapshotRows Take(CompletionHistory history) => SnapshotRows.Take(
        history,
        options.CutoffDays,
        options.Training.Instants with { UntilDay = options.CutoffDays.Max() },
        options.Training.Views,
        new ProgressOf(progress, "replaying learners", history.Learners.Count),
        cancellationToken);

    private List<ScoredRow> Score(
        CompletionHistory train,
        SnapshotRows trainRows,
        Func<EnrolmentOutcome, bool> isTrain,
        CompletionHistory test,
        SnapshotRows testRows,
        Func<EnrolmentOutcome, bool> isTest,
        string stage)
    {
        bool Learns(SnapshotRow row) => isTrain(train.Outcomes[row.Outcome]);
        var training = options.Training with { Instants = options.Training.Instants with { UntilDay = options.CutoffDays.Max() } };
        var (model, spread, hazard) = CompletionTrainer.Learn(train, [.. trainRows.Training.Where(Learns)], training, progress, stage, cancellationToken);
        var stops = new StopTimes(test, null);
        var logistic = options.CutoffDays.ToDictionary(day => day, day => LinearTrainer.FitPlain(
            CompletionTrainer.ToRows(train, trainRows.Evaluation.Where(row => row.CutoffDay == day && Learns(row)), options.Training.LeftOut), options.LogisticL2, cancellationToken));
        var known = train.Outcomes.Where(isTrain).Select(outcome => outcome.Learner).ToHashSet();
        return [.. testRows.Evaluation.Where(row => isTest(test.Outcomes[row.Outcome])).Select(row => new ScoredRow(
            row.CutoffDay,
            test.Outcomes[row.Outcome],
            model.Sum(row.Vector),
            -row.Vector[FeatureIndex.HoursSilent],
            logistic[row.CutoffDay].Sum(row.Vector),
            known.Contains(test.Outcomes[row.Outcome].Learner))
        {
            Spread = spread.Of(row.Vector),
            Stops = row.Vector[FeatureIndex.ActiveDaysAll] > 0 && stops.StopsIn(test.Outcomes[row.Outcome], row.AsOfMs, 0) is { } isStop && hazard is not null
                ? new(hazard.HazardOf(row.Vector, 0), isStop)
                : null,
        })];
    }
}

/// <summary>How to evaluate.</summary>
/// <param name="CutoffDays">The cut-offs, in days after the course's start.</param>
/// <param name="Training">How the model is trained.</param>
public sealed record EvaluationOptions(IReadOnlyList<int> CutoffDays, TrainingOptions Training)
{
    /// <summary>The penalty of the logistic regression beside it.</summary>
    public double LogisticL2 { get; init; } = 10;
}

/// <summary>A test row with its scores.</summary>
/// <param name="CutoffDay">The cut-off.</param>
/// <param name="Outcome">Whose, and how it ended.</param>
/// <param name="Logit">The model's logit.</param>
/// <param name="Recency">The score of recency alone: minus ln(1 + hours since the newest activity).</param>
/// <param name="Logistic">The logit of a logistic regression on the same features, fitted at this cut-off.</param>
/// <param name="IsKnownLearner">Whether the learner is also among those who were learned from, in another course.</param>
public sealed record ScoredRow(int CutoffDay, EnrolmentOutcome Outcome, double Logit, double Recency, double Logistic, bool IsKnownLearner)
{
    /// <summary>The model's probability.</summary>
    public double Probability => PortableMath.Logistic(Logit);

    /// <summary>The deviation of true rates from it, on the logit scale.</summary>
    public double Spread { get; init; }

    /// <summary>Whether the learner stops within a week; null before the first activity, and where the history ends too early to tell.</summary>
    public StopRow? Stops { get; init; }
}

/// <summary>A learner who may stop within a week.</summary>
/// <param name="Hazard">The predicted chance of it.</param>
/// <param name="Stopped">Whether the week held the last activity, or none ever followed.</param>
public sealed record StopRow(double Hazard, bool Stopped);
