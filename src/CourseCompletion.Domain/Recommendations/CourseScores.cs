namespace CourseCompletion.Domain.Recommendations;

/// <summary>Room for the scores of one question: only the courses that something speaks for take part. Used again for the next question.</summary>
/// <remarks>Answering takes time in proportion to what is scored, not to how many courses there are.</remarks>
public sealed class CourseScores
{
    private float[] _scores = [];
    private int[] _roundOf = [];
    private int[] _touched = [];
    private int _count;
    private int _round;

    /// <summary>The courses that something speaks for, in the order in which it did.</summary>
    public ReadOnlySpan<int> Courses => _touched.AsSpan(0, _count);

    /// <summary>The score of a course; only of one in <see cref="Courses"/>.</summary>
    public ref float this[int course] => ref _scores[course];

    /// <summary>Begins anew.</summary>
    /// <param name="courseCount">How many courses there are.</param>
    public void Begin(int courseCount)
    {
        if (_scores.Length < courseCount)
        {
            var room = Math.Max(courseCount, _scores.Length * 2);
            (_scores, _roundOf, _touched) = (new float[room], new int[room], new int[room]);
            _round = 0;
        }

        _count = 0;
        _round++;
    }

    /// <summary>Whether something spoke for a course.</summary>
    public bool Contains(int course) => _roundOf[course] == _round;

    /// <summary>Puts a course last, behind every other.</summary>
    public void Exclude(int course)
    {
        if (_roundOf[course] == _round)
        {
            _scores[course] = float.NegativeInfinity;
        }
    }

    /// <summary>Adds to a course's score.</summary>
    /// <param name="course">The course.</param>
    /// <param name="by">What to add.</param>
    /// <param name="start">What the score starts from when nothing spoke for the course before.</param>
    public void Add(int course, float by, float start)
    {
        if (_roundOf[course] == _round)
        {
            _scores[course] += by;
            return;
        }

        _roundOf[course] = _round;
        _touched[_count++] = course;
        _scores[course] = start + by;
    }
}
