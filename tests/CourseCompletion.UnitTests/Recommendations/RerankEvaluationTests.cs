using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Prediction.Recommendations;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.UnitTests.Recommendations;

/// <summary>What ranking once more costs and brings, on simulated learners whose law is known.</summary>
/// <remarks>
/// Learners are of kinds. A kind has two topics that it takes courses of, and a talent for each topic, which need not go together. A course has a topic, a popularity and an ease of its own; one is so easy that
/// nearly everybody completes it. Who takes a course completes it by talent and ease.
/// </remarks>
public sealed class RerankEvaluationTests(ITestOutputHelper output)
{
    private const int Topics = 8;
    private const int CoursesPerTopic = 15;
    private const int Kinds = 8;
    private const int Learners = 4_000;
    private const int Tested = 1_500;
    private const int CoursesPerLearner = 8;
    private const int ListLength = 10;
    private const int EasyCourse = 3;

    private static readonly RecommendationPolicy _policy = RecommendationPolicy.Default;
    private static readonly RecommendationPolicy _relevanceOnly = _policy with { GainWeight = 0, DiversityLogits = 0 };
    private static readonly RecommendationPolicy _gainOnly = _policy with { DiversityLogits = 0 };

    [Fact]
    public void Rerank_SimulatedLearners_MoreIsCompletedAndListsAreMoreDiverseWithinTheBudget()
    {
        var world = new World(7);
        var relevance = Print("relevance", world.Measure(_relevanceOnly));
        var gain = Print("gain only", world.Measure(_gainOnly));
        var both = Print("gain and diversity", world.Measure(_policy));

        Assert.InRange(both.Ndcg, 0.95 * relevance.Ndcg, 1);
        Assert.InRange(gain.Ndcg, 0.95 * relevance.Ndcg, 1);
        Assert.True(both.CompletedOfTaken > relevance.CompletedOfTaken + 0.005, "Of what is recommended and taken not more is completed.");
        Assert.True(gain.Completed > relevance.Completed, "Gain alone does not bring more recommended courses that are taken and completed.");
        Assert.True(both.Likeness < 0.95 * relevance.Likeness, "The courses of a list are as like one another as before.");

        // The easy course gains nothing by it. It moves a little where others fall that do not fit the learner; if ease counted it would move by far more.
        var ease = Print("ease in place of gain", world.Measure(_gainOnly, world.EaseOf));
        Assert.InRange(gain.EasyGain, 0.97, 1.03);
        Assert.InRange(gain.EasyPlace, relevance.EasyPlace - 0.5, 30);
        Assert.InRange(ease.EasyPlace, 0, relevance.EasyPlace - 2);
    }

    [Fact]
    public void Rank_SimulatedLearners_IsTheRankingRankedOnceMore()
    {
        var world = new World(8);
        var live = world.Fed(_policy);

        world.AssertRanksAs(live, _policy);
    }

    private Figures Print(string name, Figures figures)
    {
        output.WriteLine(FormattableString.Invariant(
            $"{name}: NDCG@10 {figures.Ndcg:F4}, taken {figures.Taken:F4}, taken and completed {figures.Completed:F4}, completed of taken {figures.CompletedOfTaken:F4}, likeness {figures.Likeness:F4}, easy course at {figures.EasyPlace:F2}, its gain {figures.EasyGain:F3}"));
        return figures;
    }

    /// <summary>How good lists are, means over learners.</summary>
    /// <param name="Ndcg">NDCG@10 on the course that the learner took next.</param>
    /// <param name="Taken">How likely listed courses come next by the law, discounted by place.</param>
    /// <param name="Completed">How likely they come next and are completed, discounted by place.</param>
    /// <param name="Likeness">The share of terms that two courses of a list have in common.</param>
    /// <param name="EasyPlace">The place of the easy course among the candidates, from 0, where it is one.</param>
    /// <param name="EasyGain">What counts as its gain there.</param>
    private sealed record Figures(double Ndcg, double Taken, double Completed, double Likeness, double EasyPlace, double EasyGain)
    {
        public double CompletedOfTaken => Completed / Taken;
    }

    private sealed class World
    {
        private const int CourseCount = Topics * CoursesPerTopic;

        private readonly Random _chance;
        private readonly double[] _popularity = new double[CourseCount];
        private readonly double[] _ease = new double[CourseCount];
        private readonly string[] _titles = new string[CourseCount];
        private readonly double[,] _talent = new double[Kinds, Topics];
        private readonly List<TasteRow> _rows = [];
        private readonly List<(int Kind, int[] Taken, int Next)> _tested = [];
        private readonly LiveRecommender _relevance;

        public World(int seed)
        {
            _chance = new(seed);
            for (var course = 0; course < CourseCount; course++)
            {
                var topic = course / CoursesPerTopic;
                _popularity[course] = Math.Pow(1 + (course % CoursesPerTopic), -0.7);
                _ease[course] = course == EasyCourse ? 5 : Normal() * 0.7;
                _titles[course] = $"topic{topic} {string.Join(' ', Enumerable.Range(0, 3).Select(_ => $"word{topic}x{_chance.Next(6)}"))} unique{course}";
            }

            for (var kind = 0; kind < Kinds; kind++)
            {
                for (var topic = 0; topic < Topics; topic++)
                {
                    _talent[kind, topic] = topic == kind ? 1 : topic == (kind + 1) % Topics ? -1 : Normal() * 0.5;
                }
            }

            for (var learner = 0; learner < Learners + Tested; learner++)
            {
                Live(learner);
            }

            _relevance = Fed(_relevanceOnly);
        }

        public LiveRecommender Fed(RecommendationPolicy policy)
        {
            // Defined in order: a course's number here is its number there.
            var recommender = new LiveRecommender(policy);
            for (var course = 0; course < CourseCount; course++)
            {
                recommender.Take(new CourseFact(IdOf(course), 1, _titles[course], []));
            }

            _rows.ForEach(row => recommender.Take(row));
            return recommender;
        }

        public double EaseOf(int[] history, int course) => 2 * Logistic(_ease[course]);

        public Figures Measure(RecommendationPolicy policy, Func<int[], int, double>? gainOf = null)
        {
            double ndcg = 0, taken = 0, completed = 0, likeness = 0, easyPlace = 0, easyGain = 0;
            var easyAsked = 0;
            gainOf ??= (before, course) => _relevance.GainOf(before, course);
            foreach (var (kind, history, next) in _tested)
            {
                var ranked = Reranked(history, policy, gainOf);
                var list = ranked[..ListLength];
                var wishes = WishesOf(kind, history);
                ndcg += TopList.Ndcg(list, [next], ListLength);
                for (var place = 0; place < list.Length; place++)
                {
                    var likely = wishes[list[place]] / wishes.Sum() / Math.Log2(place + 2);
                    taken += likely;
                    completed += likely * CompletedBy(kind, list[place]);
                }

                likeness += list.SelectMany((one, i) => list.Skip(i + 1).Select(other => SharedTerms(one, other))).Average();
                if (Array.IndexOf(ranked, EasyCourse) is var at and >= 0)
                {
                    easyPlace += at;
                    easyGain += gainOf(history, EasyCourse);
                    easyAsked++;
                }
            }

            return new(ndcg / _tested.Count, taken / _tested.Count, completed / _tested.Count, likeness / _tested.Count, easyPlace / easyAsked, easyGain / easyAsked);
        }

        public void AssertRanksAs(LiveRecommender live, RecommendationPolicy policy) => Assert.All(
            _tested.Take(200), learner => Assert.Equal(Reranked(learner.Taken, policy, (before, course) => _relevance.GainOf(before, course)), Ranked(live, learner.Taken).Select(course => course.Course)));

        private int[] Reranked(int[] history, RecommendationPolicy policy, Func<int[], int, double> gainOf)
        {
            var ranked = Ranked(_relevance, history);
            double[] gains = [.. ranked.Select(course => gainOf(history, course.Course))];
            return [.. RerankRules.Rerank(ranked, gains, _relevance.LikenessOf, ListLength, policy).Select(course => course.Course)];
        }

        private void Live(int learner)
        {
            var kind = _chance.Next(Kinds);
            var (taken, completed) = (new List<int>(), new List<int>());
            while (taken.Count < CoursesPerLearner)
            {
                var course = Draw(WishesOf(kind, taken));
                taken.Add(course);
                if (_chance.NextDouble() < CompletedBy(kind, course))
                {
                    completed.Add(course);
                }
            }

            if (learner < Learners)
            {
                _rows.Add(new(new($"learner-{learner}"), default, taken.Count, [.. taken.Select(IdOf)]) { CompletedTotal = completed.Count, Completed = [.. completed.Select(IdOf)] });
            }
            else
            {
                _tested.Add((kind, [.. taken[..^1]], taken[^1]));
            }
        }

        private int Draw(double[] wishes)
        {
            var left = _chance.NextDouble() * wishes.Sum();
            var course = -1;
            while (left >= 0 && course < CourseCount - 1)
            {
                left -= wishes[++course];
            }

            return course;
        }

        private double[] WishesOf(int kind, IReadOnlyCollection<int> taken)
        {
            var wishes = new double[CourseCount];
            for (var course = 0; course < CourseCount; course++)
            {
                var topic = course / CoursesPerTopic;
                var interest = topic == kind || topic == (kind + 1) % Topics ? 1 : 0.08;
                wishes[course] = taken.Contains(course) ? 0 : interest * _popularity[course];
            }

            return wishes;
        }

        private double CompletedBy(int kind, int course) => Logistic(_ease[course] + _talent[kind, course / CoursesPerTopic]);

        private double SharedTerms(int one, int other)
        {
            var (first, second) = (CourseTerms.Of(_titles[one], []), CourseTerms.Of(_titles[other], []));
            return first.Intersect(second).Count() / (double)first.Union(second).Count();
        }

        private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _chance.NextDouble())) * Math.Cos(2 * Math.PI * _chance.NextDouble());

        private static RankedCourse[] Ranked(LiveRecommender recommender, int[] history) =>
            recommender.Rank(new(1, 0, ListLength, [.. history.Select(course => TasteRules.HashOf(IdOf(course)))], []));

        private static double Logistic(double logit) => 1 / (1 + Math.Exp(-logit));

        private static CourseId IdOf(int course) => new($"course-{course}");
    }
}
