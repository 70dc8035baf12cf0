using System.Numerics;
using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Folds matured predictions into a model's health.</summary>
public static class ModelHealthRules
{
    /// <summary>Takes the labels of a roster shard, in ascending order of their places; those that were taken before are left out.</summary>
    /// <param name="state">The model's health.</param>
    /// <param name="course">The course.</param>
    /// <param name="shard">The number of the shard of its roster.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="policy">The numbers.</param>
    /// <returns>How many were new.</returns>
    public static int Take(ModelHealthState state, CourseId course, int shard, ReadOnlySpan<MaturedLabel> labels, HealthPolicy policy)
    {
        var learned = 0;
        var known = PlaceOf(state.Places, course, shard);
        foreach (var label in labels)
        {
            if (label.Place > known)
            {
                // Every enrolment brings one prediction, which is therefore its newest and counts in full.
                Learn(state, new(course, label.Logit, label.ServedLogit, label.Completed, 1, IsNewest: true), policy);
                if (label.IsHeldOut)
                {
                    state.HeldOut.Add(label.ServedLogit, label.Completed);
                }

                known = label.Place;
                learned++;
            }
        }

        Remember(state.Places, course, shard, known, learned, policy);
        return learned;
    }

    /// <summary>Takes the proxy labels of a roster shard, in ascending order of their places; those that were taken before are left out.</summary>
    /// <returns>How many were new.</returns>
    public static int TakeProxies(ModelHealthState state, CourseId course, int shard, ReadOnlySpan<ProxyLabel> proxies, HealthPolicy policy)
    {
        var learned = 0;
        var known = PlaceOf(state.ProxyPlaces, course, shard);
        foreach (var proxy in proxies)
        {
            if (proxy.Place > known)
            {
                ProxyRules.Learn(state.Calibration, course, proxy.Week, proxy.Logit, proxy.IsActive, policy.Calibration);
                known = proxy.Place;
                learned++;
            }
        }

        Remember(state.ProxyPlaces, course, shard, known, learned, policy);
        return learned;
    }

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

    // A shard that the course gained by doubling took its learners over from the one whose number is its own without the highest bit, and what that one had told with them.
    private static LabelPlace PlaceOf(OrderedDictionary<(CourseId, int), LabelPlace> places, CourseId course, int shard)
    {
        for (; ; shard -= (int)BitOperations.RoundUpToPowerOf2((uint)shard + 1) / 2)
        {
            if (places.TryGetValue((course, shard), out var place))
            {
                return place;
            }

            if (shard == 0)
            {
                return new(long.MinValue, 0);
            }
        }
    }

    private static void Remember(OrderedDictionary<(CourseId, int), LabelPlace> places, CourseId course, int shard, LabelPlace place, int learned, HealthPolicy policy)
    {
        if (learned == 0)
        {
            return;
        }

        if (!places.ContainsKey((course, shard)) && places.Count >= policy.PlacesMax)
        {
            places.RemoveAt(0);
        }

        places[(course, shard)] = place;
    }
}
