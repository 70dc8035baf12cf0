using System.Globalization;

namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>Grounds in words, with the learner's figure and what is usual.</summary>
internal static class ReasonTexts
{
    /// <summary>A ground in words.</summary>
    public static string Of(ReasonGround ground, ReadOnlySpan<float> features, ICompletionPredictor predictor) => ground switch
    {
        ReasonGround.Silence => Invariant($"no activity for {Days(CountOf(features[FeatureIndex.HoursSilent]) / 24)}, usually {Days(CountOf(predictor.TypicalOf(FeatureIndex.HoursSilent)) / 24)}"),
        ReasonGround.Regularity => Invariant($"active on {features[FeatureIndex.ActiveDays14]:0} of the last 14 days, usually {predictor.TypicalOf(FeatureIndex.ActiveDays14):0.#}"),
        ReasonGround.Volume => Invariant($"{Counted(features, FeatureIndex.AnyAll)} activities so far, usually {Usual(predictor, FeatureIndex.AnyAll)}"),
        ReasonGround.Video => Invariant($"watched {features[FeatureIndex.WatchedShare]:P0} of the videos, usually {predictor.TypicalOf(FeatureIndex.WatchedShare):P0}"),
        ReasonGround.Work => features[FeatureIndex.Missing] > 0
            ? Invariant($"{Counted(features, FeatureIndex.Missing)} pieces of due work missing, usually {Usual(predictor, FeatureIndex.Missing)}")
            : Invariant($"{Counted(features, FeatureIndex.HandedIn)} pieces of due work handed in, usually {Usual(predictor, FeatureIndex.HandedIn)}"),
        ReasonGround.Scores => features[FeatureIndex.Assessments] > 0
            ? Invariant($"mean score {features[FeatureIndex.ScoreMean]:P0}, usually {predictor.TypicalOf(FeatureIndex.ScoreMean):P0}")
            : "nothing scored yet",
        ReasonGround.Progress => Invariant($"{features[FeatureIndex.Progress]:P0} of the course complete, usually {predictor.TypicalOf(FeatureIndex.Progress):P0}"),
        ReasonGround.Discussion => Invariant($"{Counted(features, FeatureIndex.DiscussionAll)} contributions to discussions, usually {Usual(predictor, FeatureIndex.DiscussionAll)}"),
        ReasonGround.OtherCourses => Invariant($"{Counted(features, FeatureIndex.ParallelEnrolments)} other courses at the same time, usually {Usual(predictor, FeatureIndex.ParallelEnrolments)}"),
        ReasonGround.Time => features[FeatureIndex.ElapsedShare] >= 0
            ? Invariant($"{features[FeatureIndex.ElapsedShare]:P0} of the course's time has passed")
            : Invariant($"enrolled for {Days(CountOf(features[FeatureIndex.DaysEnrolled]))}"),
        _ => throw new ArgumentOutOfRangeException(nameof(ground), ground, "No such ground."),
    };

    // Counts are features as ln(1 + count).
    private static double CountOf(double feature) => PortableMath.ExpM1(feature);

    private static string Counted(ReadOnlySpan<float> features, int feature) => Invariant($"{CountOf(features[feature]):0}");

    private static string Usual(ICompletionPredictor predictor, int feature) => Invariant($"{CountOf(predictor.TypicalOf(feature)):0.#}");

    private static string Days(double days) => days >= 10 ? Invariant($"{days:0} days") : Invariant($"{days:0.#} days");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
