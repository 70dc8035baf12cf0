using System.Globalization;

namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>Grounds in words, with the learner's figure and what is usual.</summary>
internal static class ReasonTexts
{
    /// <summary>A ground in words.</summary>
    public static string Of(ReasonGround ground, ReadOnlySpan<float> features, ICompletionPredictor predictor) => ground switch
    {
        ReasonGround.Silence =>
            $"no activity for {Days(CountOf(features[FeatureIndex.HoursSilent]) / 24)}{Usually(predictor, FeatureIndex.HoursSilent, typical => Days(CountOf(typical) / 24))}",
        ReasonGround.Regularity => string.Create(CultureInfo.InvariantCulture, $"active on {features[FeatureIndex.ActiveDays14]:0} of the last 14 days{Usually(predictor, FeatureIndex.ActiveDays14, Plain)}"),
        ReasonGround.Volume => $"{Counted(features, FeatureIndex.AnyAll)} activities so far{Usually(predictor, FeatureIndex.AnyAll, Counted)}",
        ReasonGround.Video => $"watched {Percent(features[FeatureIndex.WatchedShare])} of the videos{Usually(predictor, FeatureIndex.WatchedShare, Percent)}",
        ReasonGround.Work => features[FeatureIndex.Missing] > 0
            ? $"{Counted(features, FeatureIndex.Missing)} pieces of due work missing{Usually(predictor, FeatureIndex.Missing, Counted)}"
            : $"{Counted(features, FeatureIndex.HandedIn)} pieces of due work handed in{Usually(predictor, FeatureIndex.HandedIn, Counted)}",

        // Those without a score count as 0 in the model's mean, so it is no usual score.
        ReasonGround.Scores => features[FeatureIndex.Assessments] > 0 ? $"mean score {Percent(features[FeatureIndex.ScoreMean])}" : "nothing scored yet",
        ReasonGround.Progress => $"{Percent(features[FeatureIndex.Progress])} of the course complete{Usually(predictor, FeatureIndex.Progress, Percent)}",
        ReasonGround.Discussion => $"{Counted(features, FeatureIndex.DiscussionAll)} contributions to discussions{Usually(predictor, FeatureIndex.DiscussionAll, Counted)}",
        ReasonGround.OtherCourses => $"{Counted(features, FeatureIndex.ParallelEnrolments)} other courses at the same time{Usually(predictor, FeatureIndex.ParallelEnrolments, Counted)}",
        ReasonGround.Time => features[FeatureIndex.ElapsedShare] >= 0
            ? $"{Percent(features[FeatureIndex.ElapsedShare])} of the course's time has passed"
            : $"enrolled for {Days(CountOf(features[FeatureIndex.DaysEnrolled]))}",
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No such ground."),
    };

    // A feature that the model was made without is 0 in its mean: nothing is known of what is usual.
    private static string Usually(ICompletionPredictor predictor, int feature, Func<float, string> text) =>
        predictor.TypicalOf(feature) is > 0 and var typical ? $", usually {text(typical)}" : "";

    // Counts are features as ln(1 + count).
    private static double CountOf(double feature) => PortableMath.ExpM1(feature);

    private static string Counted(ReadOnlySpan<float> features, int feature) => string.Create(CultureInfo.InvariantCulture, $"{CountOf(features[feature]):0}");

    private static string Counted(float typical) => string.Create(CultureInfo.InvariantCulture, $"{CountOf(typical):0.#}");

    private static string Plain(float typical) => string.Create(CultureInfo.InvariantCulture, $"{typical:0.#}");

    private static string Percent(float share) => string.Create(CultureInfo.InvariantCulture, $"{share:P0}");

    private static string Days(double days) => days >= 10 ? string.Create(CultureInfo.InvariantCulture, $"{days:0} days") : string.Create(CultureInfo.InvariantCulture, $"{days:0.#} days");
}
