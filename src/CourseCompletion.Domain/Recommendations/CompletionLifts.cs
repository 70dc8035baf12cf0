using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>How much likelier a course is completed by those who took certain other ones before it than by all who take it.</summary>
/// <remarks>
/// gain(j) = mean over the last courses i taken, by recency, of s(i, j) / r(j), with r(j) = (C(j) + a m) / (N(j) + a) and s(i, j) = (c(i, j) + k r(j)) / (n(i, j) + k). N and C are those who took and completed j, n and c those
/// of them who took i before, m is the share of all courses taken that were completed; a and k are the policy's. It is a ratio to the course's own share: a course that everybody completes gains nothing by
/// it. Everything fades alike.
/// </remarks>
internal sealed class CompletionLifts(RecommendationPolicy policy)
{
    private readonly List<CompletionPairs> _courses = [];
    private double _taken;
    private double _completed;

    /// <summary>Has a number of courses known, those below it.</summary>
    public void Grow(int courseCount)
    {
        while (_courses.Count < courseCount)
        {
            _courses.Add(new());
        }
    }

    /// <summary>Counts that a learner took one more course.</summary>
    /// <param name="before">What the learner took before, oldest first.</param>
    /// <param name="course">What the learner took now.</param>
    public void CountTaken(ReadOnlySpan<int> before, int course)
    {
        _taken++;
        _courses[course].Taken++;
        foreach (var earlier in WithinWindow(before))
        {
            _courses[earlier].CountTaken(course, policy.LiftPairsMax);
        }
    }

    /// <summary>Counts that a learner completed a course.</summary>
    /// <param name="before">What the learner took before the course, oldest first.</param>
    /// <param name="course">The course.</param>
    public void CountCompleted(ReadOnlySpan<int> before, int course)
    {
        _completed++;
        _courses[course].Completed++;
        foreach (var earlier in WithinWindow(before))
        {
            _courses[earlier].CountCompleted(course);
        }
    }

    /// <summary>Has everything counted until now count less.</summary>
    /// <param name="factor">What is left of it, above 0 and at most 1.</param>
    public void Forget(float factor)
    {
        (_taken, _completed) = (_taken * factor, _completed * factor);
        _courses.ForEach(course => course.Forget(factor));
    }

    /// <summary>The expected gain, between 1 / <see cref="RecommendationPolicy.GainMax"/> and that; 1 while too few completions are counted.</summary>
    /// <param name="taken">What the learner took, oldest first.</param>
    /// <param name="course">The course that may come next.</param>
    public double GainOf(ReadOnlySpan<int> taken, int course)
    {
        var of = _courses[course];
        if (taken.IsEmpty || _completed < policy.GainCompletionsMin || of.Completed < policy.GainCourseCompletionsMin)
        {
            return 1;
        }

        // Learners of before a release that counts completions complete courses whose taking was not counted here: no share exceeds 1.
        var tenant = _completed / Math.Max(_taken, _completed);
        var usual = (of.Completed + (policy.GainPriorOfCourse * tenant)) / (Math.Max(of.Taken, of.Completed) + policy.GainPriorOfCourse);
        double lifts = 0, weights = 0;
        for (var place = 0; place < Math.Min(policy.GainHistoryMax, taken.Length); place++)
        {
            var weight = Math.Pow(place + 1, -policy.Transitions.RecencyPower);
            lifts += weight * _courses[taken[^(place + 1)]].ShareOf(course, usual, policy.GainPriorOfPair) / usual;
            weights += weight;
        }

        return Math.Clamp(lifts / weights, 1 / policy.GainMax, policy.GainMax);
    }

    /// <summary>Encodes everything in pieces; none when nothing was counted.</summary>
    /// <param name="pieceBytes">About how long a piece is at most.</param>
    /// <param name="begin">Begins a piece.</param>
    public IEnumerable<PayloadWriter> Write(int pieceBytes, Func<PayloadWriter> begin)
    {
        PayloadWriter? to = null;
        for (var course = 0; course < _courses.Count; course++)
        {
            if (_courses[course].IsEmpty)
            {
                continue;
            }

            if (to is null)
            {
                to = begin();
                to.Double(_taken);
                to.Double(_completed);
            }

            to.Bool(true);
            to.UInt((uint)course);
            _courses[course].Write(to);
            if (to.Written.Length >= pieceBytes)
            {
                to.Bool(false);
                yield return to;
                to = null;
            }
        }

        if (to is not null)
        {
            to.Bool(false);
            yield return to;
        }
    }

    /// <summary>Reads a piece back, all courses being known.</summary>
    public void Read(ref PayloadReader from)
    {
        (_taken, _completed) = (from.Double(), from.Double());
        while (from.Bool())
        {
            var course = (int)from.UInt();
            _courses[course] = CompletionPairs.Read(ref from);
        }
    }

    private ReadOnlySpan<int> WithinWindow(ReadOnlySpan<int> before) => before[^Math.Min(policy.Transitions.Window, before.Length)..];
}
