using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Index;

/// <summary>How a tenant's memory takes what its courses report. No clock, no randomness, no I/O.</summary>
public static class IndexRules
{
    private const long WeekMs = 7 * LearnerTime.DayMs;
    private const long WindowMs = IndexPolicy.WindowDays * LearnerTime.DayMs;

    /// <summary>Folds a course's report; one that is not newer than the last changes nothing, so reports may repeat and arrive in any order.</summary>
    /// <returns>Whether a cohort's outcome was learned.</returns>
    public static bool Take(IndexState state, string course, WindowSums window)
    {
        if (window.AsOfMs == long.MaxValue || (state.Courses.TryGetValue(course, out var known) && window.AsOfMs <= known.HeardAtMs))
        {
            return false;
        }

        state.AsOfMs = Math.Max(state.AsOfMs, window.AsOfMs);
        var track = known ?? Add(state, course);
        (track.HeardAtMs, track.HashBelow) = (window.AsOfMs, window.ActiveLearners.HashBelow);
        state.ActiveLearners = Unite(state, window.ActiveLearners);
        state.Fit.ForgetTo(state.AsOfMs);
        track.Counts = CountsOf(state, window);
        var learned = LearnCohort(state, course, track, window);
        Look(track, window);
        if (window.Active == 0 && window.Promoted == 0 && track.Looks.Count == 0)
        {
            state.Courses.Remove(course);
        }

        return learned;
    }

    /// <summary>A course's C by what is known now.</summary>
    public static IndexReading Read(IndexState state, string course, WindowSums window)
    {
        var counts = state.Courses.TryGetValue(course, out var track) ? track.Counts : CountsOf(state, window);
        return state.Fit.Read(course, PriorsOf(state).Shrink(counts), window.ElapsedShare, isRandomised: false);
    }

    /// <summary>The courses to be asked for a report because none came for a time, longest silent first.</summary>
    public static IReadOnlyList<string> Silent(IndexState state, long sinceMs, int limit) =>
        [.. state.Courses.Where(known => known.Value.HeardAtMs < sinceMs).OrderBy(known => known.Value.HeardAtMs).Take(limit).Select(known => known.Key)];

    private static CourseTrack Add(IndexState state, string course)
    {
        if (state.Courses.Count >= IndexPolicy.CoursesMax)
        {
            state.Courses.Remove(state.Courses.MinBy(known => known.Value.HeardAtMs).Key);
        }

        var track = new CourseTrack();
        state.Courses.Add(course, track);
        return track;
    }

    // Below the lowest of the courses' bounds all active learners are known; who was last seen before the window is let go of.
    private static LearnerSample Unite(IndexState state, LearnerSample reported)
    {
        var firstDay = WindowSums.FirstDay(state.AsOfMs);
        var below = state.Courses.Values.Where(track => track.HeardAtMs > state.AsOfMs - WindowMs).Select(track => track.HashBelow).DefaultIfEmpty(ulong.MaxValue).Min();
        return LearnerSample.Of(state.ActiveLearners.Learners.Concat(reported.Learners).Where(learner => learner.Day >= firstDay), below);
    }

    private static IndexCounts CountsOf(IndexState state, WindowSums window)
    {
        // An estimate may fall short of what was counted for sure.
        var others = Math.Max(window.PromotedActive, (long)Math.Round(state.ActiveLearners.EstimateWithout(window.EarlierLearners)));
        return new(new(window.PromotedActive, others), new(window.Interacting, window.Active), new(window.Successes, window.Promoted));
    }

    private static bool LearnCohort(IndexState state, string course, CourseTrack track, WindowSums window)
    {
        var cohort = window.Cohort;
        if (cohort.EntersBeforeMs <= track.LearnedCohort)
        {
            return false;
        }

        track.LearnedCohort = cohort.EntersBeforeMs;
        var priors = PriorsOf(state);
        var looks = track.Looks.Where(look => look.AtMs >= cohort.StartsAtMs && look.AtMs <= cohort.EndsAtMs)
            .Select(look => new IndexLook(priors.Shrink(look.Counts), cohort.ElapsedAt(look.AtMs))).ToList();
        if (looks.Count == 0 || window.Outcome.Of == 0)
        {
            return false;
        }

        state.Fit.Learn(course, looks, window.Outcome);
        state.Fit.LearnCourseVariance();
        return true;
    }

    private static void Look(CourseTrack track, WindowSums window)
    {
        track.Looks.RemoveAll(look => look.AtMs < window.AsOfMs - (CourseTrack.LooksMax * WeekMs));
        if (window.Active == 0)
        {
            return;
        }

        if (track.Looks.Count > 0 && track.Looks[^1].AtMs / WeekMs == window.AsOfMs / WeekMs)
        {
            track.Looks.RemoveAt(track.Looks.Count - 1);
        }
        else if (track.Looks.Count == CourseTrack.LooksMax)
        {
            track.Looks.RemoveAt(0);
        }

        track.Looks.Add(new(window.AsOfMs, track.Counts));
    }

    private static IndexPriors PriorsOf(IndexState state) =>
        IndexPriors.Fit([.. state.Courses.Values.Where(track => track.HeardAtMs > state.AsOfMs - WindowMs).Select(track => track.Counts)]);
}
