using CourseCompletion.Cli.Delivery;
using CourseCompletion.Client;

namespace CourseCompletion.Cli.Demo;

/// <summary>The numbers that the demo shows, gathered from acknowledgements and from what the server streams.</summary>
internal sealed class DemoBoard
{
    private const int MovesShown = 8;

    private readonly Lock _lock = new();
    private readonly DeliveryTally _tally = new();
    private readonly SortedDictionary<string, Protocol.V1.Engagement> _courses = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Learner, string Course), double> _probabilities = [];
    private readonly LinkedList<ProbabilityMove> _moves = new();
    private DemoCampaignNumbers? _campaign;
    private DemoUnderstood? _understood;
    private double? _meanBeforeLive;
    private long _countedAt = TimeProvider.System.GetTimestamp();
    private long _counted;

    /// <summary>What the demo is doing.</summary>
    public string Phase { get; private set; } = "starting";

    /// <summary>Begins the next part.</summary>
    public void Begin(string phase, bool isLive)
    {
        lock (_lock)
        {
            Phase = phase;
            if (isLive)
            {
                _meanBeforeLive = MeanProbability();
            }
        }
    }

    /// <summary>Takes a course's new numbers.</summary>
    public void Take(Protocol.V1.Engagement course)
    {
        lock (_lock)
        {
            _courses[course.CourseId] = course;
        }
    }

    /// <summary>Takes the campaign's new numbers.</summary>
    public void Take(DemoCampaignNumbers campaign)
    {
        lock (_lock)
        {
            _campaign = campaign;
        }
    }

    /// <summary>Takes what the engine understands now.</summary>
    public void Take(DemoUnderstood understood)
    {
        lock (_lock)
        {
            _understood = understood;
        }
    }

    /// <summary>The learner of a course whose probability moved last, else any of whom one is known, else null.</summary>
    public string? LastMoved(string course)
    {
        lock (_lock)
        {
            return _moves.FirstOrDefault(move => move.Course == course)?.Learner ?? _probabilities.Keys.FirstOrDefault(key => key.Course == course).Learner;
        }
    }

    /// <summary>Counts an answer and takes the new probabilities that came with it.</summary>
    public void Take(BatchAcknowledgement answer)
    {
        _tally.Add(answer);
        lock (_lock)
        {
            foreach (var update in answer.Completions)
            {
                var key = (update.LearnerId, update.CourseId);
                var before = _probabilities.TryGetValue(key, out var known) ? known : (double?)null;
                _probabilities[key] = update.CompletionProbability;
                if (before is { } from && Math.Abs(from - update.CompletionProbability) >= 0.001)
                {
                    Show(new(update.LearnerId, update.CourseId, from, update.CompletionProbability));
                }
            }
        }
    }

    /// <summary>Everything as it is now; the rate is since the call before.</summary>
    public DemoNumbers Read()
    {
        lock (_lock)
        {
            var counts = _tally.Counts;
            var seconds = Math.Max(0.001, TimeProvider.System.GetElapsedTime(_countedAt).TotalSeconds);
            var rate = (counts.Answered - _counted) / seconds;
            _countedAt = TimeProvider.System.GetTimestamp();
            _counted = counts.Answered;
            return new(
                Phase, counts, rate, _tally.Percentile(50), _tally.Percentile(99), _probabilities.Count, MeanProbability(),
                _meanBeforeLive, [.. _courses.Values], [.. _moves], _campaign, _understood);
        }
    }

    // A learner's row shows the way since it came up, not only the last step.
    private void Show(ProbabilityMove move)
    {
        var shown = _moves.FirstOrDefault(other => other.Learner == move.Learner && other.Course == move.Course);
        if (shown is not null)
        {
            _moves.Remove(shown);
            move = move with { From = shown.From };
        }

        _moves.AddFirst(move);
        if (_moves.Count > MovesShown)
        {
            _moves.RemoveLast();
        }
    }

    private double? MeanProbability()
    {
        var learners = _courses.Values.Sum(course => course.Enrolled - course.Withdrawn);
        return learners == 0 ? null : _courses.Values.Sum(course => course.ExpectedCompletions) / learners;
    }
}
