using CourseCompletion.Protocol.V1;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>What a server must say of courses, counted from events in the plainest way.</summary>
internal sealed class CourseFold
{
    private readonly Dictionary<(string Course, string Learner, string Lesson), List<(double From, double To)>> _watched = [];
    private readonly Dictionary<string, HashSet<string>> _enrolled = [];
    private readonly Dictionary<string, long> _comments = [];

    /// <summary>The courses that events were of.</summary>
    public IReadOnlyCollection<string> Courses => _enrolled.Keys;

    public void Add(Event e)
    {
        if (!_enrolled.TryGetValue(e.CourseId, out var learners))
            _enrolled[e.CourseId] = learners = [];
        learners.Add(e.LearnerId);
        if (e.BodyCase == Event.BodyOneofCase.Commented)
            _comments[e.CourseId] = _comments.GetValueOrDefault(e.CourseId) + 1;
        if (e.BodyCase != Event.BodyOneofCase.VideoWatched)
            return;
        if (!_watched.TryGetValue((e.CourseId, e.LearnerId, e.LessonId), out var intervals))
            _watched[(e.CourseId, e.LearnerId, e.LessonId)] = intervals = [];
        intervals.Add((e.VideoWatched.From, e.VideoWatched.To));
    }

    public bool HasWatched(string course, string learner, string lesson) => _watched.ContainsKey((course, learner, lesson));

    public CourseSums Sums(string course)
    {
        var lessons = _watched.Where(entry => entry.Key.Course == course).Select(entry => entry.Value).ToList();
        return new(
            _enrolled.GetValueOrDefault(course)?.Count ?? 0,
            lessons.Sum(Union),
            lessons.Sum(intervals => intervals.Sum(interval => interval.To - interval.From)),
            _comments.GetValueOrDefault(course));
    }

    private static double Union(List<(double From, double To)> intervals)
    {
        var covered = 0.0;
        var end = double.NegativeInfinity;
        foreach (var (from, to) in intervals.OrderBy(interval => interval.From))
        {
            covered += Math.Max(0, to - Math.Max(from, end));
            end = Math.Max(end, to);
        }

        return covered;
    }
}

/// <summary>The sums over a course's learners.</summary>
internal readonly record struct CourseSums(int Enrolled, double UniqueWatchSeconds, double WatchSeconds, long Comments)
{
    public static CourseSums Of(Protocol.V1.Engagement numbers) =>
        new(numbers.Enrolled, Math.Round(numbers.UniqueWatchSeconds, 3), Math.Round(numbers.WatchSeconds, 3), numbers.Comments);
}
