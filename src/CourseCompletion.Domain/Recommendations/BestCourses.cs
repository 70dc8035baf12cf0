namespace CourseCompletion.Domain.Recommendations;

/// <summary>Keeps the best of the courses that it is offered, best first; of equal ones that with the smaller number.</summary>
/// <param name="courses">Where the courses go; its length is how many are kept.</param>
/// <param name="scores">Where their scores go; as long.</param>
public ref struct BestCourses(Span<int> courses, Span<float> scores)
{
    private readonly Span<int> _courses = courses;
    private readonly Span<float> _scores = scores;

    /// <summary>How many are kept at most.</summary>
    public readonly int Capacity => _courses.Length;

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether a course would be kept. One of negative infinity, or of no number at all, is not.</summary>
    public readonly bool IsWanted(int course, float score) => score > float.NegativeInfinity && (Count < _courses.Length || IsBetter(course, score, Count - 1));

    /// <summary>Offers a course, once; it is kept if it is wanted.</summary>
    public void Offer(int course, float score)
    {
        if (!IsWanted(course, score))
        {
            return;
        }

        Count = Math.Min(Count + 1, _courses.Length);
        var place = Count - 1;
        while (place > 0 && IsBetter(course, score, place - 1))
        {
            (_courses[place], _scores[place]) = (_courses[place - 1], _scores[place - 1]);
            place--;
        }

        (_courses[place], _scores[place]) = (course, score);
    }

    private readonly bool IsBetter(int course, float score, int place) =>
        score > _scores[place] || (score == _scores[place] && course < _courses[place]);
}
