using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>What a learner could do within a week, and what the probability would be.</summary>
/// <remarks>Only what a learner can do is changed in the vector, and what follows from it; the rest stays as it is.</remarks>
internal static class NextSteps
{
    /// <summary>From this gain on the smallest step is taken instead of the one that gains most.</summary>
    public const float NoticeableGain = 0.05f;

    private const float LeastGain = 0.001f;

    // In the order of the effort they take.
    private static readonly Step[] _steps =
    [
        new("complete one lesson this week", Lessons: 1, ActiveDays: 1),
        new("be active on two days this week", ActiveDays: 2),
        new("complete two lessons this week", Lessons: 2, ActiveDays: 2),
        new("hand in the missing work", HandsIn: true, ActiveDays: 1),
        new("complete three lessons this week", Lessons: 3, ActiveDays: 3),
    ];

    /// <summary>The step to suggest; null when none raises the probability.</summary>
    /// <param name="features">The features.</param>
    /// <param name="before">Their probability.</param>
    /// <param name="course">The course's definition.</param>
    /// <param name="predictor">The model.</param>
    public static CompletionStep? Choose(ReadOnlySpan<float> features, float before, CourseDefinition course, ICompletionPredictor predictor)
    {
        var open = OpenLessons(features, course);
        CompletionStep? best = null;
        Span<float> changed = stackalloc float[CompletionFeatures.Count];
        foreach (var step in _steps)
        {
            if (step.Lessons > open || (step.HandsIn && features[FeatureIndex.Missing] <= 0))
            {
                continue;
            }

            features[..CompletionFeatures.Count].CopyTo(changed);
            Take(step, open, changed);
            var after = predictor.Score(changed);
            if (after - before >= NoticeableGain)
            {
                return new(step.Text, before, after);
            }

            if (after - before >= LeastGain && after > (best?.After ?? 0))
            {
                best = new(step.Text, before, after);
            }
        }

        return best;
    }

    /// <summary>The probability after being active on two days, or the present one if that is higher.</summary>
    public static float AfterReturning(ReadOnlySpan<float> features, ICompletionPredictor predictor)
    {
        Span<float> changed = stackalloc float[CompletionFeatures.Count];
        features[..CompletionFeatures.Count].CopyTo(changed);
        BeActive(2, changed);
        return Math.Max(predictor.Score(features), predictor.Score(changed));
    }

    private static int OpenLessons(ReadOnlySpan<float> features, CourseDefinition course)
    {
        var required = 0;
        foreach (var lesson in course.Lessons)
        {
            required += lesson.Required ? 1 : 0;
        }

        return required - (int)Math.Round(PortableMath.ExpM1(features[FeatureIndex.LessonsCompleted]));
    }

    private static void Take(Step step, int open, Span<float> vector)
    {
        BeActive(step.ActiveDays, vector);
        if (step.Lessons > 0)
        {
            // The open lessons share what is left of the weight.
            var gained = (1 - vector[FeatureIndex.Progress]) * step.Lessons / open;
            vector[FeatureIndex.Progress] += gained;
            vector[FeatureIndex.Pace] += vector[FeatureIndex.ElapsedShare] < 0 ? 0 : gained;
            Add(vector, FeatureIndex.LessonsCompleted, step.Lessons);
        }

        if (step.HandsIn)
        {
            var missing = PortableMath.ExpM1(vector[FeatureIndex.Missing]);
            vector[FeatureIndex.Missing] = 0;
            vector[FeatureIndex.SubmittedShare] = 1;
            Add(vector, FeatureIndex.HandedIn, missing);
            Add(vector, FeatureIndex.Late, missing);
        }
    }

    private static void BeActive(int days, Span<float> vector)
    {
        vector[FeatureIndex.HoursSilent] = 0;
        vector[FeatureIndex.GapNow] = Math.Min(vector[FeatureIndex.GapNow], -vector[FeatureIndex.GapMean] / (vector[FeatureIndex.GapDeviation] + 1));
        vector[FeatureIndex.ActiveDays3] = Math.Min(3, vector[FeatureIndex.ActiveDays3] + days);
        vector[FeatureIndex.ActiveDays7] = Math.Min(7, vector[FeatureIndex.ActiveDays7] + days);
        vector[FeatureIndex.ActiveDays14] = Math.Min(14, vector[FeatureIndex.ActiveDays14] + days);
        vector[FeatureIndex.ActiveDays28] = Math.Min(28, vector[FeatureIndex.ActiveDays28] + days);
        Add(vector, FeatureIndex.ActiveDaysAll, days);
    }

    private static void Add(Span<float> vector, int feature, double count) =>
        vector[feature] = (float)PortableMath.Log1P(PortableMath.ExpM1(vector[feature]) + count);

    private sealed record Step(string Text, int Lessons = 0, int ActiveDays = 0, bool HandsIn = false);
}
