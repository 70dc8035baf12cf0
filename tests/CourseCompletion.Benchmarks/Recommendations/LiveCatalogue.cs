using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Benchmarks.Recommendations;

/// <summary>A living recommender of 50,000 courses with titles and tags, whose learners completed half of what they took.</summary>
public sealed class LiveCatalogue
{
    private const int Courses = 50_000;
    private const int Learners = 10_000;
    private const int ListLength = 10;

    private readonly LiveRecommender _live = new(RecommendationPolicy.Default with { CoursesMax = Courses });
    private readonly LiveRecommender _relevance = new(RecommendationPolicy.Default with { CoursesMax = Courses, GainWeight = 0, DiversityLogits = 0 });
    private readonly RecommendationQuery[] _queries;
    private int _next;

    /// <summary>Makes it.</summary>
    public LiveCatalogue()
    {
        var chance = new Random(1);
        for (var course = 0; course < Courses; course++)
        {
            var (topic, words) = (course % 200, Enumerable.Range(0, 6).Select(_ => $"word{chance.Next(5_000)}"));
            Take(new CourseFact(IdOf(course), 1, $"topic {topic} {string.Join(' ', words)}", [$"tag{topic}", $"tag{topic % 20}"]));
        }

        _queries = new RecommendationQuery[Learners];
        for (var learner = 0; learner < Learners; learner++)
        {
            CourseId[] taken = [.. Enumerable.Range(0, 15).Select(_ => IdOf((int)(Courses * Math.Pow(chance.NextDouble(), 5)))).Distinct()];
            CourseId[] completed = [.. taken.Where(_ => chance.Next(2) == 0)];
            Take(new TasteRow(new($"learner-{learner}"), default, taken.Length, taken) { CompletedTotal = completed.Length, Completed = completed });
            _queries[learner] = new(1, 0, ListLength, [.. taken.Select(TasteRules.HashOf)], []);
        }
    }

    /// <summary>The courses for the next learner's list and the draw behind it.</summary>
    public int Rank(bool isRankedOnceMore) => (isRankedOnceMore ? _live : _relevance).Rank(_queries[_next++ % Learners])[0].Course;

    private static CourseId IdOf(int course) => new($"course-{course}");

    private void Take(CourseFact fact)
    {
        _live.Take(fact);
        _relevance.Take(fact);
    }

    private void Take(TasteRow row)
    {
        _live.Take(row);
        _relevance.Take(row);
    }
}
