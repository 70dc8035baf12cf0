using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>Which course a learner takes next, by those taken before: a log-linear model kept up to date with every enrolment.</summary>
/// <remarks>
/// <para>
/// logit(next = j) = ln share(j) + sum over the courses i taken, of 1 / (its place from the end) x w(i, j). A weight has two parts: what directed counters say, ln of how much more often j followed upon i than it is taken at all,
/// and a residual, learned by one gradient step of the softmax's likelihood for each enrolment. The first knows a new pair at once; the second takes back what several courses of a history say twice.
/// </para>
/// <para>
/// Counters: a pair at distance d within the window counts 1/d, and for the way back a part of that. Only pairs that occurred have a weight, so that the softmax costs what the
/// history's targets cost: all other courses together have what the targets' shares leave.
/// </para>
/// <para>Courses go by numbers from 0. Not to be used by two threads at once. Its last bits depend on the platform's logarithm.</para>
/// </remarks>
/// <param name="policy">The numbers.</param>
public sealed class TransitionModel(TransitionPolicy policy)
{
    // A course counts as taken this often before anybody took it, so that its logarithm exists.
    private const float TakenAtFirst = 0.5f;
    private const float LogitMax = 30;
    private const float SettleAfterShare = 0.1f;

    private readonly List<TransitionRow> _rows = [];
    private readonly List<float> _taken = [];
    private readonly CourseScores _likelihoods = new();
    private readonly float[] _recency = [.. Enumerable.Range(0, policy.HistoryMax).Select(place => (float)Math.Pow(place + 1, -policy.RecencyPower))];
    private float[] _share = [];
    private float[] _logShare = [];
    private int[] _byShare = [];
    private float _countedSinceSettled;
    private float _totalWhenSettled;

    /// <summary>How many courses it knows.</summary>
    public int CourseCount => _rows.Count;

    /// <summary>Has a number of courses known, those below it.</summary>
    public void Grow(int courseCount)
    {
        while (_rows.Count < courseCount)
        {
            _rows.Add(new());
            _taken.Add(TakenAtFirst);
        }
    }

    /// <summary>Counts that a learner took one more course. What is counted shows after <see cref="Settle"/>.</summary>
    /// <param name="taken">What the learner took before, oldest first.</param>
    /// <param name="next">What the learner took now.</param>
    /// <param name="weight">What it counts, above 0: 1, or more the later it is, for counters that forget.</param>
    public void Count(ReadOnlySpan<int> taken, int next, float weight)
    {
        // What is taken first says nothing of what comes next.
        _taken[next] += taken.IsEmpty ? 0 : weight;
        for (var distance = 1; distance <= Math.Min(policy.Window, taken.Length); distance++)
        {
            var by = weight / distance;
            var before = taken[^distance];
            _rows[before].Count(next, by, policy.TargetsMax);
            if (policy.BackwardWeight > 0)
            {
                _rows[next].Count(before, (float)policy.BackwardWeight * by, policy.TargetsMax);
            }
        }
    }

    /// <summary>Counts and learns that a learner took one more course, and has the weights follow: what a running engine does with each enrolment.</summary>
    /// <remarks>The rows concerned follow at once; the shares of all courses, and with them all rows, when a tenth was added to what they were made of.</remarks>
    /// <param name="taken">What the learner took before, oldest first.</param>
    /// <param name="next">What the learner took now.</param>
    public void Observe(ReadOnlySpan<int> taken, int next)
    {
        Count(taken, next, 1);
        if (taken.IsEmpty)
        {
            return;
        }

        _countedSinceSettled++;
        if (_share.Length == 0 || _countedSinceSettled > SettleAfterShare * _totalWhenSettled)
        {
            Settle();
        }
        else
        {
            ShareWithNewcomers();
            for (var distance = 1; distance <= Math.Min(policy.Window, taken.Length); distance++)
            {
                _rows[taken[^distance]].Settle(_share, (float)policy.PriorTransitions);
            }

            _rows[next].Settle(_share, (float)policy.PriorTransitions);
        }

        Learn(taken, next);
    }

    /// <summary>Has everything counted until now count less. What was learned stays. It shows after <see cref="Settle"/>.</summary>
    /// <param name="factor">What is left of it, above 0 and at most 1.</param>
    public void Forget(float factor)
    {
        for (var course = 0; course < _taken.Count; course++)
        {
            _taken[course] = TakenAtFirst + ((_taken[course] - TakenAtFirst) * factor);
        }

        foreach (var row in _rows)
        {
            row.Forget(factor);
        }
    }

    /// <summary>Makes the weights those of what was counted and learned.</summary>
    public void Settle()
    {
        var total = _taken.Sum();
        (_countedSinceSettled, _totalWhenSettled) = (0, total);
        _share = [.. _taken.Select(taken => taken / total)];
        _logShare = [.. _share.Select(share => MathF.Log(share))];
        _byShare = [.. Enumerable.Range(0, _taken.Count).OrderByDescending(course => _taken[course]).ThenBy(course => course)];
        foreach (var row in _rows)
        {
            row.Settle(_share, (float)policy.PriorTransitions);
        }
    }

    /// <summary>Learns from what a learner took next, which was counted before.</summary>
    /// <param name="taken">What the learner took before, oldest first.</param>
    /// <param name="next">What the learner took then.</param>
    public void Learn(ReadOnlySpan<int> taken, int next)
    {
        Score(taken, _likelihoods);
        double likelihood = 0, shareOfOthers = 1;
        foreach (var course in taken)
        {
            // Nobody takes a course twice.
            shareOfOthers -= _likelihoods.Contains(course) ? 0 : _share[course];
            _likelihoods.Exclude(course);
        }

        foreach (var course in _likelihoods.Courses)
        {
            ref var logit = ref _likelihoods[course];
            logit = MathF.Exp(Math.Min(logit, LogitMax));
            likelihood += logit;
            shareOfOthers -= _share[course];
        }

        var scale = (float)(1 / (likelihood + Math.Max(shareOfOthers, 0)));
        for (var place = 0; place < Math.Min(_recency.Length, taken.Length); place++)
        {
            var rate = (float)policy.LearningRate * _recency[place];
            _rows[taken[^(place + 1)]].Learn(next, _likelihoods, scale, rate, policy.TargetsMax);
        }
    }

    /// <summary>Scores the courses that may follow, the ones taken among them. Every other course has its <see cref="LogShareOf"/>.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="scores">Where the scores go.</param>
    public void Score(ReadOnlySpan<int> taken, CourseScores scores)
    {
        scores.Begin(_rows.Count);
        for (var place = 0; place < Math.Min(_recency.Length, taken.Length); place++)
        {
            var row = _rows[taken[^(place + 1)]];
            var targets = row.Targets;
            var weights = row.Weights;
            for (var i = 0; i < targets.Length; i++)
            {
                scores.Add(targets[i], _recency[place] * weights[i], _logShare[targets[i]]);
            }
        }
    }

    /// <summary>Lists the best courses but the ones taken: those that the history speaks for and, where they are better, those that are taken most.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="scores">Room for scores; afterwards it has those of all courses that were considered.</param>
    /// <param name="best">Where the best go.</param>
    public void Recommend(ReadOnlySpan<int> taken, CourseScores scores, scoped ref BestCourses best) => Recommend(taken, static _ => true, scores, ref best);

    /// <summary>Lists the best courses of those that may be listed, but the ones taken.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="isListed">Whether a course may be listed. Asked of the best ones only.</param>
    /// <param name="scores">Room for scores; afterwards it has those of all courses that were considered.</param>
    /// <param name="best">Where the best go.</param>
    public void Recommend(ReadOnlySpan<int> taken, Func<int, bool> isListed, CourseScores scores, scoped ref BestCourses best)
    {
        Score(taken, scores);
        var unscored = best.Capacity;
        foreach (var course in _byShare)
        {
            if (unscored == 0)
            {
                break;
            }

            if (!scores.Contains(course) && !taken.Contains(course) && isListed(course))
            {
                scores.Add(course, 0, _logShare[course]);
                unscored--;
            }
        }

        foreach (var course in taken)
        {
            scores.Exclude(course);
        }

        foreach (var course in scores.Courses)
        {
            var score = scores[course];
            if (best.IsWanted(course, score) && isListed(course))
            {
                best.Offer(course, score);
            }
        }
    }

    /// <summary>The score of a course for which nothing in the history speaks: the logarithm of its share in everything taken.</summary>
    public float LogShareOf(int course) => _logShare[course];

    /// <summary>The score of any course; what <see cref="Score"/> says of one that it lists, and of others their share.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="next">The course.</param>
    public float ScoreOf(ReadOnlySpan<int> taken, int next)
    {
        var score = next < _logShare.Length ? _logShare[next] : MathF.Log(TakenAtFirst / Math.Max(TakenAtFirst * _rows.Count, _totalWhenSettled));
        for (var place = 0; place < Math.Min(_recency.Length, taken.Length); place++)
        {
            score += SaysFor(taken[^(place + 1)], place, next);
        }

        return score;
    }

    /// <summary>What one of the courses taken says for another's coming next, in logits of a score; 0 for a pair that never occurred.</summary>
    /// <param name="taken">The course taken.</param>
    /// <param name="place">Its place from the end, 0 for the last one.</param>
    /// <param name="next">The other one.</param>
    public float SaysFor(int taken, int place, int next) => place < _recency.Length ? _recency[place] * _rows[taken].WeightOf(next) : 0;

    /// <summary>Appends what was counted and learned for one course.</summary>
    internal void Write(PayloadWriter to, int course)
    {
        to.Float(_taken[course]);
        _rows[course].Write(to);
    }

    /// <summary>Reads what <see cref="Write"/> wrote; it shows after <see cref="Settle"/>.</summary>
    internal void Read(ref PayloadReader from, int course)
    {
        _taken[course] = from.Float();
        _rows[course] = TransitionRow.Read(ref from);
    }

    // Courses that came since the shares were made have the share of one that nobody took.
    private void ShareWithNewcomers()
    {
        var from = _share.Length;
        if (from == _rows.Count)
        {
            return;
        }

        Array.Resize(ref _share, _rows.Count);
        Array.Resize(ref _logShare, _rows.Count);
        Array.Resize(ref _byShare, _rows.Count);
        for (var course = from; course < _rows.Count; course++)
        {
            _share[course] = TakenAtFirst / _totalWhenSettled;
            _logShare[course] = MathF.Log(_share[course]);
            _byShare[course] = course;
        }
    }
}
