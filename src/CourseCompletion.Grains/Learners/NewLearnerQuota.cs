using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CourseCompletion.Grains.Learners;

/// <summary>How many learners the silo still begins now: a flood of invented ids must not fill memory and store.</summary>
/// <remarks>A token bucket (a minute's worth at most, refilled evenly). Each silo has its own, so that no learner's first event waits for another grain.</remarks>
internal sealed class NewLearnerQuota(IOptions<LearnerOptions> options, [FromKeyedServices(EngineTime.Key)] TimeProvider time)
{
    private readonly Lock _lock = new();
    private double _left = options.Value.NewLearnersPerMinuteMax;
    private long _filledAt = time.GetTimestamp();

    /// <summary>Takes one; false when none is left.</summary>
    public bool TryTake()
    {
        lock (_lock)
        {
            var max = options.Value.NewLearnersPerMinuteMax;
            _left = Math.Min(max, _left + (max * time.GetElapsedTime(_filledAt).TotalMinutes));
            _filledAt = time.GetTimestamp();
            if (_left < 1)
            {
                GrainMetrics.LearnersDeferred.Add(1);
                return false;
            }

            _left--;
            return true;
        }
    }
}
