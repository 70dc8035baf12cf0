using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Reads a running course by who of its learners stays active, long before anybody knows who completes.</summary>
/// <remarks>
/// A proxy label says whether the learner was active in the week after a prediction. It never stands for a label: courses with enough matured labels of their own teach how the two go
/// together (<see cref="ProxyMapping"/>) and how far a course's intercept, read by proxy labels, lies off the true one; for courses without, the intercept that explains their proxy
/// labels is then one more observation, as uncertain as it was found to be.
/// </remarks>
public static class ProxyRules
{
    /// <summary>How long after a prediction a learner's activity is waited for.</summary>
    public const long WeekMs = 7 * LearnerTime.DayMs;

    private const int Steps = 12;
    private const double InterceptMax = 6;
    private const double InformationMin = 1;

    /// <summary>Counts a proxy label. Takes constant time, but for one that makes a course teach.</summary>
    /// <param name="state">The calibration.</param>
    /// <param name="course">The course.</param>
    /// <param name="week">The week of the enrolment in which the prediction was made, from 0.</param>
    /// <param name="logit">The model's own logit of completion.</param>
    /// <param name="isActive">Whether the learner was active in the week after.</param>
    /// <param name="policy">The numbers.</param>
    public static void Learn(CalibrationState state, CourseId course, int week, double logit, bool isActive, CalibrationPolicy policy)
    {
        if (!state.Proxies.TryGetValue(course, out var proxies))
        {
            if (state.Proxies.Count >= policy.CoursesMax)
            {
                state.Proxies.Remove(state.Proxies.MinBy(known => known.Value.LatestAt).Key);
            }

            state.Proxies.Add(course, proxies = new(course));
        }

        state.LabelCount++;
        proxies.Phases[ProxyPhases.Of(week)].Add(logit, 1, isActive ? 1 : 0, policy.CourseProxiesMax);
        proxies.LatestAt = state.LabelWeight;
        Teach(state, course, policy);
    }

    /// <summary>Lets a course teach that has enough of both kinds of labels.</summary>
    public static void Teach(CalibrationState state, CourseId id, CalibrationPolicy policy)
    {
        if (state.Find(id) is not { } course || course.Information < policy.TeachInformationMin
            || !state.Proxies.TryGetValue(id, out var proxies) || proxies.Phases.Sum(phase => phase.Count) < policy.TeachProxiesMin)
        {
            return;
        }

        state.Proxies.Remove(id);
        if (!proxies.Teaches)
        {
            return;
        }

        var (mapping, intercept) = (state.ProxyMapping, course.InterceptAt(state.Slope));
        if (ReadingOf(state, proxies) is { } reading)
        {
            var miss = reading.Intercept - intercept;
            mapping.Courses++;
            mapping.SquaredMisses += (miss * miss) - (1 / reading.Information) - (1 / course.Information);
        }

        for (var phase = 0; phase < ProxyPhases.Count; phase++)
        {
            foreach (var (logit, bin) in proxies.Phases[phase].Bins())
            {
                mapping.Phases[phase].Counts.Add(intercept + (state.Slope * logit), bin.Count, bin.Active, policy.ProxiesMax);
            }

            Fit(mapping.Phases[phase]);
        }
    }

    /// <summary>Lets go of the proxy labels of running courses, because the model changed its meaning: what their learners do goes with the calibrated logit as before, but not with the model's own.</summary>
    public static void Forget(CalibrationState state)
    {
        foreach (var course in state.Proxies.Keys.ToList())
        {
            state.Proxies[course] = new(course) { Teaches = false, LatestAt = state.Proxies[course].LatestAt };
        }
    }

    /// <summary>What a course's proxy labels say of its intercept, with the information in it; null when they say nothing.</summary>
    public static (double Intercept, double Information)? EvidenceOf(CalibrationState state, CourseProxies proxies, CalibrationPolicy policy)
    {
        if (ReadingOf(state, proxies) is not { } reading)
        {
            return null;
        }

        var mapping = state.ProxyMapping;
        var miss = Math.Max(
            policy.ProxyMissMin * policy.ProxyMissMin,
            ((policy.ProxyMissWeight * policy.ProxyMiss * policy.ProxyMiss) + mapping.SquaredMisses) / (policy.ProxyMissWeight + mapping.Courses));

        // The mapping itself is known no better than from as many courses as taught it.
        return (reading.Intercept, 1 / ((miss * (1 + (1 / Math.Max(1, mapping.Courses)))) + (1 / reading.Information)));
    }

    // The intercept by which the mapping explains the proxy labels best (Newton), and its information were the mapping exact.
    private static (double Intercept, double Information)? ReadingOf(CalibrationState state, CourseProxies proxies)
    {
        double intercept = 0, information = 0;
        for (var step = 0; step < Steps; step++)
        {
            double gradient = 0;
            information = 0;
            for (var phase = 0; phase < ProxyPhases.Count; phase++)
            {
                var line = state.ProxyMapping.Phases[phase];
                foreach (var (logit, bin) in line.Gain > 0 ? proxies.Phases[phase].Bins() : [])
                {
                    var p = PortableMath.Logistic(line.Base + (line.Gain * (intercept + (state.Slope * logit))));
                    gradient += line.Gain * (bin.Active - (bin.Count * p));
                    information += line.Gain * line.Gain * bin.Count * p * (1 - p);
                }
            }

            if (information < InformationMin)
            {
                return null;
            }

            intercept = Math.Clamp(intercept + Math.Clamp(gradient / information, -1, 1), -InterceptMax, InterceptMax);
        }

        return (intercept, information);
    }

    // Logistic regression on the bins, with a weak prior at no connection.
    private static void Fit(ProxyLine line)
    {
        var (a, b) = (line.Base, line.Gain);
        for (var step = 0; step < Steps; step++)
        {
            double ga = -a / 100, gb = -b / 100, haa = 0.01, hab = 0, hbb = 0.01;
            foreach (var (logit, bin) in line.Counts.Bins())
            {
                var p = PortableMath.Logistic(a + (b * logit));
                var (error, weight) = (bin.Active - (bin.Count * p), bin.Count * p * (1 - p));
                ga += error;
                gb += error * logit;
                haa += weight;
                hab += weight * logit;
                hbb += weight * logit * logit;
            }

            var determinant = (haa * hbb) - (hab * hab);
            a += Math.Clamp(((hbb * ga) - (hab * gb)) / determinant, -1, 1);
            b += Math.Clamp(((haa * gb) - (hab * ga)) / determinant, -1, 1);
        }

        (line.Base, line.Gain) = (a, Math.Max(0, b));
    }
}
