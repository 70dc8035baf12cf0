using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Prediction.Completion.Prequential;

/// <summary>A prediction of a replay, with what happened.</summary>
/// <param name="Course">The course.</param>
/// <param name="Outcome">The enrolment's place in the history's outcomes.</param>
/// <param name="PredictedAtMs">When it was made.</param>
/// <param name="MaturesAtMs">From when its label may be learned from.</param>
/// <param name="Logit">The model's logit, with the planted shift.</param>
/// <param name="Served">The logit as calibrated by the labels that had matured when it was made.</param>
/// <param name="Persistence">The baseline's probability: the frequency of completion among the newest matured labels of those who were likewise active or silent in the week before.</param>
/// <param name="IsShifted">Whether the shift was in its logit.</param>
/// <param name="ShiftedLabels">How many labels of shifted predictions had been learned from when it was made.</param>
/// <param name="Completed">The label.</param>
public sealed record PrequentialRow(
    CourseId Course,
    int Outcome,
    long PredictedAtMs,
    long MaturesAtMs,
    double Logit,
    double Served,
    double Persistence,
    bool IsShifted,
    int ShiftedLabels,
    bool Completed)
{
    /// <summary>The model's probability.</summary>
    public double Probability => PortableMath.Logistic(Logit);

    /// <summary>The calibrated probability.</summary>
    public double ServedProbability => PortableMath.Logistic(Served);
}
