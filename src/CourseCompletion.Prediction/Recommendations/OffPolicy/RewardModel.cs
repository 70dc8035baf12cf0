using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Prediction.Recommendations.OffPolicy;

/// <summary>How often a course is taken where it is shown, learned from other learners than the one it is asked for.</summary>
/// <remarks>The mean of a course's rewards, drawn to that of all courses as if <see cref="PriorPlaces"/> more places had been shown. Learners are dealt to five parts; each is answered from the other four.</remarks>
public sealed class RewardModel
{
    /// <summary>How strongly a course is drawn to the mean of all.</summary>
    public const double PriorPlaces = 20;

    private const int PartCount = 5;

    private readonly Dictionary<(int Part, string Course), (double Rewards, long Places)> _courses = [];
    private readonly (double Rewards, long Places)[] _all = new (double, long)[PartCount];

    /// <summary>Learns from a log.</summary>
    public RewardModel(IEnumerable<LoggedPlace> log)
    {
        foreach (var place in log)
        {
            var own = PartOf(place.Learner);
            for (var part = 0; part < PartCount; part++)
            {
                if (part != own)
                {
                    var known = _courses.GetValueOrDefault((part, place.Course));
                    _courses[(part, place.Course)] = (known.Rewards + place.Reward, known.Places + 1);
                    _all[part] = (_all[part].Rewards + place.Reward, _all[part].Places + 1);
                }
            }
        }
    }

    /// <summary>The expected reward, 0 to 1, of showing a course to a learner.</summary>
    public double Of(string learner, string course)
    {
        var part = PartOf(learner);
        var mean = _all[part].Places == 0 ? 0 : _all[part].Rewards / _all[part].Places;
        var (rewards, places) = _courses.GetValueOrDefault((part, course));
        return (rewards + (PriorPlaces * mean)) / (places + PriorPlaces);
    }

    private static int PartOf(string learner) => (int)(KeyHash.Of(learner) % PartCount);
}
