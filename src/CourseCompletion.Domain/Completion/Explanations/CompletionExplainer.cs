using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>Says why a probability is what it is, and what would raise it.</summary>
public static class CompletionExplainer
{
    /// <summary>How many grounds are told.</summary>
    public const int ReasonsMax = 3;

    // Below this a ground says nothing worth telling.
    private const double LeastContribution = 0.005;

    /// <summary>Explains the probability of an enrolment that is neither completed nor withdrawn.</summary>
    /// <param name="features">Its feature vector, as of the instant of the probability.</param>
    /// <param name="course">The course's definition.</param>
    /// <param name="predictor">The model.</param>
    public static CompletionExplanation Explain(ReadOnlySpan<float> features, CourseDefinition course, ICompletionPredictor predictor)
    {
        Span<double> contributions = stackalloc double[CompletionFeatures.Count];
        contributions.Clear();
        var logit = predictor.Explain(features, contributions);
        Span<double> grounds = stackalloc double[ReasonGrounds.Count + 1];
        grounds.Clear();
        for (var i = 0; i < contributions.Length; i++)
        {
            grounds[(int)ReasonGrounds.Of(i)] += contributions[i];
        }

        return new(StrongestOf(grounds, logit, features, predictor), NextSteps.Choose(features, (float)PortableMath.Logistic(logit), course, predictor));
    }

    private static CompletionReason[] StrongestOf(Span<double> grounds, double logit, ReadOnlySpan<float> features, ICompletionPredictor predictor)
    {
        var probability = PortableMath.Logistic(logit);
        var reasons = new List<CompletionReason>(ReasonsMax);
        while (reasons.Count < ReasonsMax)
        {
            var strongest = 1;
            for (var i = 2; i < grounds.Length; i++)
            {
                strongest = Math.Abs(grounds[i]) > Math.Abs(grounds[strongest]) ? i : strongest;
            }

            var contribution = probability - PortableMath.Logistic(logit - grounds[strongest]);
            if (Math.Abs(contribution) < LeastContribution)
            {
                break;
            }

            var ground = (ReasonGround)strongest;
            reasons.Add(new(ground, ReasonTexts.Of(ground, features, predictor), (float)contribution));
            grounds[strongest] = 0;
        }

        return [.. reasons];
    }
}
