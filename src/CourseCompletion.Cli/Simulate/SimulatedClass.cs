using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Simulate;

/// <summary>A class of learners with known truth, lived day by day. Only one day's events are held in memory.</summary>
internal sealed class SimulatedClass
{
    /// <summary>The events' source.</summary>
    public const string SourceName = "simulation";

    private readonly Dictionary<string, List<string>> _questions;

    /// <summary>Makes a class before its first day.</summary>
    public SimulatedClass(ClassOptions options)
    {
        Options = options;
        Courses = [.. Enumerable.Range(0, options.Courses).Select(number => new CourseDesign(options, number))];
        _questions = Courses.ToDictionary(course => course.Id, _ => new List<string>());
        var runId = DerivedId.Of($"{SourceName}/{options}")[..8];
        var lives = new List<LearnerLife>();
        for (var learner = 0; learner < options.Learners; learner++)
        {
            lives.Add(new(options, learner, Courses[learner % options.Courses], runId));
            if (options.Courses > 1 && new Chance(options.Seed, 5, learner).Hits(0.25))
            {
                lives.Add(new(options, learner, Courses[(learner + 1) % options.Courses], runId));
            }
        }

        Lives = lives;
    }

    public ClassOptions Options { get; }

    public IReadOnlyList<CourseDesign> Courses { get; }

    /// <summary>Every learner in every course taken.</summary>
    public IReadOnlyList<LearnerLife> Lives { get; }

    /// <summary>Lives a number of days and gives their events in the order of time.</summary>
    public IEnumerable<Event> Live(int days)
    {
        for (var i = 0; i < days; i++)
        {
            foreach (var e in LiveDay())
            {
                yield return e;
            }
        }
    }

    private List<Event> LiveDay()
    {
        var events = new List<Event>();
        var asked = new List<(string Course, IReadOnlyList<string> Questions)>();
        foreach (var life in Lives)
        {
            asked.Add((life.Course.Id, life.LiveDay(_questions[life.Course.Id], events)));
        }

        foreach (var (course, questions) in asked)
        {
            _questions[course].AddRange(questions);
        }

        // Sorted with the place as the second key: List.Sort is not stable.
        var order = Enumerable.Range(0, events.Count).ToArray();
        Array.Sort(order, (a, b) => (events[a].OccurredAt, a).CompareTo((events[b].OccurredAt, b)));
        return [.. order.Select(i => events[i])];
    }
}
