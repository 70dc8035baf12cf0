using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>To which ground each feature belongs.</summary>
internal static class ReasonGrounds
{
    /// <summary>How many grounds there are.</summary>
    public const int Count = 10;

    private static readonly ReasonGround[] _byFeature = Assign();

    /// <summary>The ground of a feature.</summary>
    public static ReasonGround Of(int feature) => _byFeature[feature];

    private static ReasonGround[] Assign()
    {
        var grounds = new ReasonGround[CompletionFeatures.Count];
        void Set(ReasonGround ground, params ReadOnlySpan<int> features)
        {
            foreach (var feature in features)
            {
                grounds[feature] = ground;
            }
        }

        // The decayed counts: those with half-lives up to three days tell of silence, the longer ones of volume.
        for (var i = 0; i < DecayedCounts.FamilyCount * DecayedCounts.HalfLifeCount; i++)
        {
            grounds[i] = DecayedCounts.HalfLifeHours[i % DecayedCounts.HalfLifeCount] <= 72 ? ReasonGround.Silence : ReasonGround.Volume;
        }

        Set(ReasonGround.Silence, FeatureIndex.HoursSilent, FeatureIndex.GapMean, FeatureIndex.GapDeviation, FeatureIndex.GapNow, FeatureIndex.LongestAbsence);
        Set(
            ReasonGround.Regularity,
            FeatureIndex.ActiveDays3,
            FeatureIndex.ActiveDays7,
            FeatureIndex.ActiveDays14,
            FeatureIndex.ActiveDays28,
            FeatureIndex.ActiveDaysAll,
            FeatureIndex.ActiveDaysWeekBefore,
            FeatureIndex.ActiveDayShare,
            FeatureIndex.ActiveWeeks9,
            FeatureIndex.Streak,
            FeatureIndex.Slope,
            FeatureIndex.CheckInDays28);
        Set(
            ReasonGround.Volume,
            FeatureIndex.Sessions,
            FeatureIndex.SessionMinutes,
            FeatureIndex.VideoAll,
            FeatureIndex.ProblemAll,
            FeatureIndex.NavigationAll,
            FeatureIndex.PageAll,
            FeatureIndex.PageCloseAll,
            FeatureIndex.ContentAll,
            FeatureIndex.AnyAll,
            FeatureIndex.PerActiveDay);
        Set(ReasonGround.Video, FeatureIndex.WatchedShare, FeatureIndex.RewatchShare, FeatureIndex.SeeksBackPerHour, FeatureIndex.Speed);
        Set(ReasonGround.Work, FeatureIndex.Due, FeatureIndex.SubmittedShare, FeatureIndex.Late, FeatureIndex.Missing, FeatureIndex.HandedIn, FeatureIndex.DaysEarly, FeatureIndex.Assessments);
        Set(ReasonGround.Scores, FeatureIndex.ScoreMean, FeatureIndex.ScoreLatest, FeatureIndex.ScoreLowest);
        Set(ReasonGround.Progress, FeatureIndex.Progress, FeatureIndex.Pace, FeatureIndex.LessonsCompleted, FeatureIndex.LessonReach);
        Set(ReasonGround.Discussion, FeatureIndex.Questions, FeatureIndex.Answers, FeatureIndex.Comments, FeatureIndex.DiscussionAll);
        Set(ReasonGround.OtherCourses, FeatureIndex.ParallelEnrolments, FeatureIndex.OthersWithdrawn);
        Set(ReasonGround.Time, FeatureIndex.DaysEnrolled, FeatureIndex.ElapsedShare, FeatureIndex.ElapsedDays, FeatureIndex.EnrolledAhead);
        return grounds;
    }
}
