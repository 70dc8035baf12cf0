namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Folds matured predictions into a model's health.</summary>
public static class ModelHealthRules
{
    /// <summary>Counts a matured prediction as it was answered, then learns from it. Drift makes the calibration forget what it learned before.</summary>
    /// <returns>Whether this is a drift alarm.</returns>
    public static bool Learn(ModelHealthState state, in MaturedPrediction matured, HealthPolicy policy)
    {
        state.Labels++;
        state.Raw.Add(matured.Logit, matured.Completed);
        state.Served.Add(matured.ServedLogit, matured.Completed);
        if (state.Courses.TryGetValue(matured.Course, out var course))
        {
            course.Add(matured.ServedLogit, matured.Completed);
        }
        else if (state.Courses.Count < policy.CoursesMax)
        {
            state.Courses.Add(matured.Course, course = new(policy.CoursePaneLabels));
            course.Add(matured.ServedLogit, matured.Completed);
        }

        var calibrated = CalibrationRules.Learn(state.Calibration, matured, policy.Calibration);
        if (!matured.IsNewest || !state.Drift.Add(LogLossRules.DriftSignal(matured.Logit, calibrated, matured.Completed)))
        {
            return false;
        }

        CalibrationRules.Forget(state.Calibration, state.Drift.Width, policy.Calibration);
        var isNew = state.Alarms == 0 || state.Labels - state.LatestDriftAtLabel > policy.AlarmEpisodeLabels;
        state.LatestDriftAtLabel = state.Labels;
        state.Alarms += isNew ? 1 : 0;
        return isNew;
    }
}
