using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Recommendations.OffPolicy;

/// <summary>Goes through the log of a running engine and has other policies fill the places that learners were shown, each knowing only what had been taken by then.</summary>
public static class LogReplay
{
    /// <summary>The engine's own lists without the courses that were drawn to learn of them.</summary>
    public const string WithoutDraws = "logged, without draws";

    /// <summary>The engine's model of the next course, made anew from the log: by relevance alone.</summary>
    public const string Replayed = "engine, replayed";

    /// <summary>What most learners took.</summary>
    public const string Popularity = "popularity";

    // A place that was filled from the ranking has nearly 1, a drawn one at most the share of lists with a draw.
    private const double DrawnBelow = 0.5;
    private const int ReportEvery = 1_024;

    /// <summary>Judges the policies.</summary>
    /// <param name="taken">Which courses learners took, and when first; in any order.</param>
    /// <param name="shown">Which places learners were shown; in any order. A course in a place of a list counts once a learner, when it was shown first; lists asked for with another length, or after a dismissal, may share an id and differ.</param>
    /// <param name="rewardWithinMs">A shown course that is taken within this time brings 1, else 0.</param>
    /// <param name="endMs">Up to when the log reaches: places shown later than <paramref name="rewardWithinMs"/> before it are left out, for what comes of them is not known yet.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellationToken">Stops between two lists.</param>
    public static LogReport Run(
        IReadOnlyList<TakenCourse> taken, IReadOnlyList<ShownPlace> shown, long rewardWithinMs, long endMs, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var takenAt = taken.GroupBy(course => (course.Learner, course.Course)).ToDictionary(group => group.Key, group => group.Min(course => course.AtMs));
        var inOrder = taken.OrderBy(course => course.AtMs).ThenBy(course => course.Learner, StringComparer.Ordinal).ThenBy(course => course.Course, StringComparer.Ordinal).ToList();
        var lists = shown
            .GroupBy(place => (place.Learner, place.List))
            .Select(list => list.GroupBy(place => (place.Place, place.Course)).Select(same => same.MinBy(place => place.AtMs)!).OrderBy(place => place.Place).ThenBy(place => place.AtMs).ToList())
            .OrderBy(list => list.Min(place => place.AtMs)).ThenBy(list => list[0].Learner, StringComparer.Ordinal)
            .ToList();
        var state = new ReplayState();
        var (log, choices) = (new List<LoggedPlace>(), new Dictionary<string, List<string?>> { [WithoutDraws] = [], [Replayed] = [], [Popularity] = [] });
        var (next, immature) = (0, 0);
        for (var i = 0; i < lists.Count; i++)
        {
            if (i % ReportEvery == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
                progress.Report(new("going through the lists", i, lists.Count));
            }

            var list = lists[i];
            var atMs = list.Min(place => place.AtMs);
            for (; next < inOrder.Count && inOrder[next].AtMs < atMs; next++)
            {
                state.Take(inOrder[next].Learner, inOrder[next].Course);
            }

            if (atMs + rewardWithinMs > endMs)
            {
                immature += list.Count;
                continue;
            }

            var length = list[^1].Place;
            var (engine, popular) = (state.Recommend(list[0].Learner, length), state.Popular(list[0].Learner, length));
            foreach (var place in list)
            {
                var came = takenAt.TryGetValue((place.Learner, place.Course), out var at) && at >= place.AtMs && at <= place.AtMs + rewardWithinMs;
                var own = engine.ElementAtOrDefault(place.Place - 1);
                log.Add(new(place.Learner, place.Course, place.Propensity, came ? 1 : 0));
                choices[Replayed].Add(own);
                choices[Popularity].Add(popular.ElementAtOrDefault(place.Place - 1));

                // What a list would have had in place of a drawn course is not noted: the replay's stands in, and never the drawn one.
                choices[WithoutDraws].Add(place.Propensity >= DrawnBelow ? place.Course : own is null || own == place.Course ? "" : own);
            }
        }

        return new(log.Count, immature, [.. choices.Select(policy => OffPolicyEstimator.Estimate(policy.Key, log, policy.Value))]);
    }

    private sealed class ReplayState
    {
        private readonly TransitionModel _model = new(TransitionPolicy.Default);
        private readonly List<string> _courses = [];
        private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<int>> _histories = new(StringComparer.Ordinal);
        private readonly List<int> _counts = [];
        private readonly CourseScores _scores = new();

        public void Take(string learner, string course)
        {
            if (_numbers.TryAdd(course, _courses.Count))
            {
                _courses.Add(course);
                _counts.Add(0);
                _model.Grow(_courses.Count);
            }

            var number = _numbers[course];
            var history = HistoryOf(learner);
            if (!history.Contains(number))
            {
                _model.Observe([.. history], number);
                _counts[number]++;
                history.Add(number);
            }
        }

        public string[] Recommend(string learner, int length)
        {
            if (_courses.Count == 0)
            {
                return [];
            }

            var (history, courses) = (HistoryOf(learner).ToArray(), new int[length]);
            var best = new BestCourses(courses, new float[length]);
            _model.Recommend(history, _scores, ref best);
            return NamesOf(courses.AsSpan(0, best.Count));
        }

        public string[] Popular(string learner, int length)
        {
            var courses = new int[length];
            var best = new BestCourses(courses, new float[length]);
            var history = HistoryOf(learner);
            for (var course = 0; course < _counts.Count; course++)
            {
                if (!history.Contains(course))
                {
                    best.Offer(course, _counts[course]);
                }
            }

            return NamesOf(courses.AsSpan(0, best.Count));
        }

        private List<int> HistoryOf(string learner)
        {
            if (!_histories.TryGetValue(learner, out var history))
            {
                _histories.Add(learner, history = []);
            }

            return history;
        }

        private string[] NamesOf(ReadOnlySpan<int> courses)
        {
            var names = new string[courses.Length];
            for (var i = 0; i < names.Length; i++)
            {
                names[i] = _courses[courses[i]];
            }

            return names;
        }
    }
}

/// <summary>A course that a learner took.</summary>
/// <param name="Learner">Who.</param>
/// <param name="Course">Which.</param>
/// <param name="AtMs">When, first.</param>
public sealed record TakenCourse(string Learner, string Course, long AtMs);

/// <summary>A place of a list as a learner was shown it.</summary>
/// <param name="Learner">To whom.</param>
/// <param name="Course">What stood there.</param>
/// <param name="AtMs">When.</param>
/// <param name="List">The list.</param>
/// <param name="Place">The place, from 1.</param>
/// <param name="Propensity">How likely the course was to stand there.</param>
public sealed record ShownPlace(string Learner, string Course, long AtMs, string List, int Place, double Propensity);

/// <summary>What policies would have brought at the places of a log.</summary>
/// <param name="Places">How many places were judged.</param>
/// <param name="Immature">How many were shown so late that it is not known yet what comes of them.</param>
/// <param name="Policies">The policies.</param>
public sealed record LogReport(int Places, int Immature, IReadOnlyList<OffPolicyReport> Policies);
