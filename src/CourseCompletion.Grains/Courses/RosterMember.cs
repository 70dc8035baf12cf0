using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Completion.Calibration;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Courses;

/// <summary>A learner in a roster shard: the newest row, and probability and band as of the last evaluation.</summary>
internal sealed class RosterMember(RosterRow row)
{
    private RosterRow? _deviationOf;
    private ICompletionPredictor? _deviationBy;
    private float _deviation;

    /// <summary>The prediction that waits for its label; null for none.</summary>
    public PendingPrediction? Pending { get; set; }

    public RosterRow Row { get; set; } = row;

    public float Probability { get; set; } = row.Probability;

    public CompletionBand Band { get; set; } = row.Band;

    public long ProbabilityAsOfMs { get; set; } = row.EvaluatedAtMs;

    /// <summary>The deviation of the probability's logit; 0 for who is not active. Computed once for a row and predictor, while sums are reported twice a second.</summary>
    public float DeviationBy(ICompletionPredictor predictor)
    {
        if (!ReferenceEquals(_deviationOf, Row) || !ReferenceEquals(_deviationBy, predictor))
        {
            (_deviationOf, _deviationBy) = (Row, predictor);
            _deviation = Row.Status == EnrolmentStatus.Active ? predictor.DeviationOf(Row.Features) : 0;
        }

        return _deviation;
    }
}
