using CourseCompletion.Prediction.Comments.Vader;
using CourseCompletion.Prediction.Completion.Evaluation;

namespace CourseCompletion.Prediction.Comments.Evaluation;

/// <summary>How good readings of sentiment are.</summary>
/// <param name="Count">How many comments were read.</param>
/// <param name="Positives">How many of them are positive.</param>
/// <param name="Accuracy">The share read rightly at a probability of 0.5.</param>
/// <param name="Auc">The chance that a positive comment is read as more positive than a negative one.</param>
/// <param name="MacroF1">The mean of the F1 scores of positive and negative comments.</param>
/// <param name="Ece">The calibration error beyond what chance alone makes.</param>
/// <param name="RawEce">The calibration error, chance included.</param>
/// <param name="MicrosecondsPerComment">The median time of a reading.</param>
/// <param name="Vader">VADER on the same comments; null unless most of them are English.</param>
public sealed record CommentReport(
    int Count, int Positives, double Accuracy, double Auc, double MacroF1, Estimate Ece, double RawEce, double MicrosecondsPerComment, VaderReport? Vader)
{
    /// <summary>Measures readings.</summary>
    /// <param name="scored">The readings; some of positive comments, some of negative ones.</param>
    /// <param name="draws">How many times labels are drawn to know what chance makes of the calibration error.</param>
    public static CommentReport Of(IReadOnlyList<ScoredComment> scored, int draws)
    {
        double[] probabilities = [.. scored.Select(comment => comment.Positive)];
        bool[] labels = [.. scored.Select(comment => comment.Comment.IsPositive)];
        bool[] said = [.. probabilities.Select(probability => probability >= 0.5)];
        return new(
            scored.Count,
            labels.Count(label => label),
            AccuracyOf(said, labels),
            RankingMetrics.Auc(probabilities, labels),
            (F1Of(said, labels, true) + F1Of(said, labels, false)) / 2,
            CalibrationMetrics.DebiasedEce(probabilities, labels, draws),
            CalibrationMetrics.Ece(probabilities, labels),
            Median(scored.Select(comment => comment.Took)).TotalMicroseconds,
            scored.Count(comment => comment.IsEnglish) * 2 > scored.Count ? VaderOf(scored, labels) : null);
    }

    private static VaderReport VaderOf(IReadOnlyList<ScoredComment> scored, bool[] labels)
    {
        double[] scores = [.. scored.Select(comment => VaderRules.Compound(comment.Comment.Text))];
        // Where no word of its lexicon stands VADER says nothing: counted as whichever label makes more of them right.
        var silent = scores.Zip(labels).Where(pair => pair.First == 0).Select(pair => pair.Second).ToList();
        var silence = silent.Count(label => label) * 2 >= silent.Count;
        bool[] said = [.. scores.Select(score => score > 0 || (score == 0 && silence))];
        return new(AccuracyOf(said, labels), RankingMetrics.Auc(scores, labels), (F1Of(said, labels, true) + F1Of(said, labels, false)) / 2, silent.Count);
    }

    private static double AccuracyOf(bool[] said, bool[] labels) => (double)said.Zip(labels).Count(pair => pair.First == pair.Second) / labels.Length;

    // 0 when the kind is neither there nor said to be.
    private static double F1Of(bool[] said, bool[] labels, bool kind)
    {
        var right = said.Zip(labels).Count(pair => pair.First == kind && pair.Second == kind);
        var counted = said.Count(answer => answer == kind) + labels.Count(label => label == kind);
        return counted == 0 ? 0 : 2.0 * right / counted;
    }

    private static TimeSpan Median(IEnumerable<TimeSpan> times)
    {
        TimeSpan[] sorted = [.. times.Order()];
        return sorted[sorted.Length / 2];
    }
}

/// <summary>How good VADER's own rules are on the same comments.</summary>
/// <param name="Accuracy">The share whose sign is right; comments of which VADER says nothing count as the label that makes more of them right.</param>
/// <param name="Auc">The chance that a positive comment scores above a negative one.</param>
/// <param name="MacroF1">The mean of the F1 scores of positive and negative comments.</param>
/// <param name="Silent">Of how many it says nothing.</param>
public sealed record VaderReport(double Accuracy, double Auc, double MacroF1, int Silent);
