using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests;

/// <summary>What a learner is interested in, and why one may think so: derived when it is read, from what was done and what the courses are about (decision 0039).</summary>
public static class LearnerInterests
{
    /// <summary>The interests, the greatest share first; at most <see cref="InterestPolicy.InterestsMax"/>.</summary>
    /// <param name="state">The learner.</param>
    /// <param name="courseOf">The definition of a course; null for one that is not at hand and tells nothing.</param>
    /// <param name="nowMs">As of when.</param>
    /// <param name="policy">The numbers.</param>
    public static IReadOnlyList<LearnerInterest> Of(LearnerState state, Func<CourseId, CourseDefinition?> courseOf, long nowMs, InterestPolicy policy)
    {
        var activities = new List<ObservedActivity>();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var enrolment in state.Enrolments)
        {
            if (courseOf(enrolment.Course) is { } course)
            {
                activities.AddRange(ObservedActivity.In(enrolment, course, policy));
                known.UnionWith(state.Searches.Count == 0 ? [] : course.Topics.Course.Select(topic => topic.Topic));
            }
        }

        activities.AddRange(ObservedActivity.Searched(state, known, policy));

        var weights = new Dictionary<string, TopicWeight>(StringComparer.Ordinal);
        foreach (var activity in activities)
        {
            var (now, lately) = (activity.PointsAt(nowMs, policy.HalfLifeMs), activity.PointsAt(nowMs, policy.TrendHalfLifeMs));
            foreach (var (topic, share) in activity.Topics)
            {
                weights[topic] = weights.GetValueOrDefault(topic).With(now * share, lately * share, activity.Evidence.AtMs);
            }
        }

        Correct(weights, state, policy);
        var total = Math.Max(double.Epsilon, weights.Values.Sum(weight => weight.Points));
        var totalLately = Math.Max(double.Epsilon, weights.Values.Sum(weight => weight.PointsLately));
        return
        [
            .. weights.Where(weight => weight.Value.Points > 0)
                .OrderByDescending(weight => weight.Value.Points)
                .ThenBy(weight => weight.Key, StringComparer.Ordinal)
                .Take(policy.InterestsMax)
                .Select(weight => new LearnerInterest(
                    weight.Key,
                    weight.Value.Points / total,
                    (weight.Value.PointsLately / totalLately) - (weight.Value.Points / total),
                    weight.Value.LastSeenAtMs,
                    InterestCorrectionRules.VerdictOn(state, weight.Key),
                    EvidenceFor(weight.Key, activities, nowMs, policy))),
        ];
    }

    private static void Correct(Dictionary<string, TopicWeight> weights, LearnerState state, InterestPolicy policy)
    {
        foreach (var (topic, verdict) in state.InterestCorrections)
        {
            if (verdict == InterestVerdict.NotInterested)
            {
                weights.Remove(topic);
            }
            else
            {
                var observed = weights.GetValueOrDefault(topic);
                weights[topic] = observed with { Points = Math.Max(observed.Points, policy.StatedPoints), PointsLately = Math.Max(observed.PointsLately, policy.StatedPoints) };
            }
        }
    }

    private static InterestEvidence[] EvidenceFor(string topic, List<ObservedActivity> activities, long nowMs, InterestPolicy policy) =>
    [
        .. activities.Select(activity => (activity.Evidence, Points: activity.PointsAt(nowMs, policy.HalfLifeMs) * activity.Topics.FirstOrDefault(share => share.Topic == topic).Share))
            .Where(found => found.Points > 0)
            .OrderByDescending(found => found.Points)
            .ThenByDescending(found => found.Evidence.AtMs)
            .Take(policy.EvidenceMax)
            .Select(found => found.Evidence),
    ];

    private readonly record struct TopicWeight(double Points, double PointsLately, long LastSeenAtMs)
    {
        public TopicWeight With(double points, double pointsLately, long atMs) => new(Points + points, PointsLately + pointsLately, Math.Max(LastSeenAtMs, atMs));
    }
}
