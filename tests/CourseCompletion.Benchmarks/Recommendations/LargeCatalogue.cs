using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Benchmarks.Recommendations;

/// <summary>A model of 50,000 courses whose popular ones have full rows, and learners with full histories: the most that a question can cost.</summary>
public sealed class LargeCatalogue
{
    private const int Courses = 50_000;
    private const int Learners = 100_000;
    private const int ListLength = 10;

    private readonly TransitionModel _model = new(TransitionPolicy.Default);
    private readonly CourseScores _scores = new();
    private readonly int[][] _histories;
    private readonly int[] _list = new int[ListLength];
    private readonly float[] _room = new float[ListLength];
    private int _next;

    /// <summary>Makes it.</summary>
    public LargeCatalogue()
    {
        var chance = new Random(1);
        _model.Grow(Courses);
        _histories = [.. Enumerable.Range(0, Learners).Select(_ => Enumerable.Range(0, 25).Select(_ => Skewed(chance)).Distinct().ToArray())];
        foreach (var history in _histories)
        {
            for (var i = 0; i < history.Length; i++)
            {
                _model.Count(history.AsSpan(0, i), history[i], 1);
            }
        }

        _model.Settle();
    }

    /// <summary>The ten best courses for the next learner.</summary>
    public int Recommend()
    {
        var best = new BestCourses(_list, _room);
        _model.Recommend(_histories[_next++ % Learners], _scores, ref best);
        return _list[0];
    }

    /// <summary>One step of learning from the next learner's last course.</summary>
    public void Learn()
    {
        var history = _histories[_next++ % Learners];
        _model.Learn(history.AsSpan(0, history.Length - 1), history[^1]);
    }

    // Half of all enrolments are in the 1,500 most popular courses.
    private static int Skewed(Random chance) => (int)(Courses * Math.Pow(chance.NextDouble(), 5));
}
