using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>Deals learners to folds, where there are no courses to deal.</summary>
internal static class LearnerFolds
{
    /// <summary>A learner's fold, from 0 to <paramref name="folds"/> - 1: a function of the id alone.</summary>
    public static int Of(LearnerId learner, int folds) => (int)(XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(learner.Value)) % (ulong)folds);
}
