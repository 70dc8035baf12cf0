using CourseCompletion.Domain.Courses;

namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Learns how a model's logits are to be read: calibrated logit = intercept of the course + slope x logit (Platt scaling, one label at a time).</summary>
/// <remarks>
/// Each label is one step of an online Newton method on the log-loss, with the information so far as its curvature. That of a course and that of the slope are capped, which
/// makes old labels fade. Courses are drawn to the global intercept by how little their own labels say against how much courses differ (empirical Bayes). Same labels in the
/// same order, same bits on every machine.
/// </remarks>
public static class CalibrationRules
{
    private const int SpreadSteps = 3;

    /// <summary>Learns from a matured prediction. Takes constant time, but for the first one of a course.</summary>
    /// <returns>The calibrated logit by what was known before.</returns>
    public static double Learn(CalibrationState state, in MaturedPrediction label, CalibrationPolicy policy)
    {
        var logit = Math.Clamp(label.Logit, -policy.LogitMax, policy.LogitMax);
        var course = state.Find(label.Course) ?? Begin(state, label.Course, logit, policy);
        state.LabelCount++;
        state.LabelWeight += label.Weight;
        course.LatestAt = state.LabelWeight;

        var distance = logit - course.Centre;
        var calibrated = course.Level + (state.Slope * distance);
        var p = PortableMath.Logistic(calibrated);
        var gradient = label.Weight * ((label.Completed ? 1 : 0) - p);
        var information = label.Weight * p * (1 - p);

        course.Information += information;
        course.Level += gradient / course.Information;
        var moved = distance * information / course.Information;
        course.Centre += moved;
        course.Level += state.Slope * moved; // Along the line: the line itself stays where it is.
        course.Information = Math.Min(course.Information, policy.CourseInformationMax);

        state.SlopeInformation = Math.Max(state.SlopeInformation, policy.SlopeInformationMin) + (information * distance * distance);
        state.Slope = Math.Clamp(state.Slope + (gradient * distance / state.SlopeInformation), policy.SlopeMin, policy.SlopeMax);
        state.SlopeInformation = Math.Min(state.SlopeInformation, policy.SlopeInformationMax);
        ProxyRules.Teach(state, label.Course, policy);
        return calibrated;
    }

    /// <summary>Lets go of what was learned before a change: other courses start from those with newer labels only, and every line may move quickly again.</summary>
    /// <param name="state">The state.</param>
    /// <param name="labelsSince">The sum of weights of the labels since the change.</param>
    /// <param name="policy">The numbers.</param>
    public static void Forget(CalibrationState state, double labelsSince, CalibrationPolicy policy)
    {
        state.ForgottenBefore = Math.Max(0, state.LabelWeight - labelsSince);
        ProxyRules.Forget(state);
        state.SlopeInformation = Math.Min(state.SlopeInformation, policy.SlopeInformationMin);
        foreach (var course in state.Courses)
        {
            course.Information = Math.Min(course.Information, policy.CourseInformationAfterDrift);
        }
    }

    /// <summary>What the state says now, to be read by any number of threads. Takes time in proportion to the courses.</summary>
    public static CalibrationSnapshot SnapshotOf(CalibrationState state, CalibrationPolicy policy)
    {
        var lines = LinesOf(state, policy);
        var (global, courseVariance) = Pool(lines, policy);
        var intercepts = new Dictionary<CourseId, double>();
        foreach (var line in lines)
        {
            Add(line.Course, line);
        }

        foreach (var course in state.Proxies.Keys.Where(course => state.Find(course) is null))
        {
            Add(course, null);
        }

        return new(state.LabelCount, state.Slope, global, intercepts);

        void Add(CourseId course, in CourseLine? own)
        {
            if (InterceptOf(state, course, own, global, courseVariance, policy) is { } intercept)
            {
                intercepts.Add(course, intercept);
            }
        }
    }

    // The first label of a course is read by the global line, or by what its proxy labels say.
    private static CourseCalibration Begin(CalibrationState state, CourseId id, double logit, CalibrationPolicy policy)
    {
        if (state.Courses.Count >= policy.CoursesMax)
        {
            state.Remove(state.Courses.MinBy(course => course.LatestAt)!);
        }

        var lines = LinesOf(state, policy);
        var (global, courseVariance) = Pool(lines, policy);
        var begun = new CourseCalibration(id)
        {
            Level = (InterceptOf(state, id, null, global, courseVariance, policy) ?? global) + (state.Slope * logit),
            Centre = logit,
            Information = policy.CourseInformationMin,
        };
        state.Add(begun);
        return begun;
    }

    // A random-effects mean: the spread of courses is what their intercepts differ by beyond their own uncertainty (method of moments), held up by a prior. The mean is drawn to
    // 0, but by less the more plainly the courses lie elsewhere: its prior, too, is as wide as they ask for.
    private static (double Global, double CourseVariance) Pool(List<CourseLine> lines, CalibrationPolicy policy)
    {
        var (global, variance) = (0.0, policy.CourseSd * policy.CourseSd);
        for (var step = 0; step < SpreadSteps; step++)
        {
            double weights = 0, sum = 0;
            foreach (var line in lines)
            {
                var weight = line.Weight / (variance + (1 / line.Information));
                weights += weight;
                sum += weight * line.Intercept;
            }

            if (weights == 0)
            {
                return (0, variance);
            }

            var mean = sum / weights;
            var priorVariance = Math.Max(policy.InterceptPriorSd * policy.InterceptPriorSd, (mean * mean) - (1 / weights));
            global = sum / (weights + (1 / priorVariance));
            double counted = policy.CourseSdWeight, spread = policy.CourseSdWeight * policy.CourseSd * policy.CourseSd;
            foreach (var line in lines)
            {
                var distance = line.Intercept - global;
                counted += line.Weight;
                spread += line.Weight * ((distance * distance) - (1 / line.Information));
            }

            variance = Math.Max(policy.CourseSdMin * policy.CourseSdMin, spread / counted);
        }

        return (global, variance);
    }

    // What is known of each course by its own labels. What proxy labels say errs in the same way for all that run at a time, so that it says nothing of the others.
    private static List<CourseLine> LinesOf(CalibrationState state, CalibrationPolicy policy)
    {
        var lines = new List<CourseLine>(state.Courses.Count);
        foreach (var course in state.Courses)
        {
            lines.Add(new(course.Course, course.InterceptAt(state.Slope), course.Information, WeightAt(state, course.LatestAt, policy)));
        }

        return lines;
    }

    // A course's line by its own labels, by who of its learners stays active, and by the other courses; null when only the last say anything.
    private static double? InterceptOf(CalibrationState state, CourseId course, in CourseLine? own, double global, double courseVariance, CalibrationPolicy policy)
    {
        var (information, sum) = own is { Weight: > 0 } line ? (line.Information, line.Information * line.Intercept) : (0, 0);
        if (state.Proxies.TryGetValue(course, out var proxies) && ProxyRules.EvidenceOf(state, proxies, policy) is { } evidence)
        {
            information += evidence.Information;
            sum += evidence.Information * evidence.Intercept;
        }

        return information == 0 ? null : (sum + (global / courseVariance)) / (information + (1 / courseVariance));
    }

    // A course fades with the labels of others since its latest, and counts no more once what was before them is forgotten.
    private static double WeightAt(CalibrationState state, double latestAt, CalibrationPolicy policy) =>
        latestAt > state.ForgottenBefore ? PortableMath.Exp2((latestAt - state.LabelWeight) / policy.CourseHalfLifeLabels) : 0;

    private readonly record struct CourseLine(CourseId Course, double Intercept, double Information, double Weight);
}
