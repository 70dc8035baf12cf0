using CourseCompletion.Domain.Completion;
using CourseCompletion.Domain.Completion.Index;

namespace CourseCompletion.UnitTests.Completion.Index;

/// <summary>Simulated cohorts: courses with rates and a level of their own, of whose learners some complete.</summary>
internal static class IndexFits
{
    public const long DayMs = 86_400_000;
    private const double LevelDeviation = 0.6;

    /// <summary>A fit that learned cohorts whose completion follows layer 3's model.</summary>
    public static IndexFit Learned(int cohorts, int seed)
    {
        var fit = new IndexFit();
        var random = new Random(seed);
        foreach (var cohort in Enumerable.Range(0, cohorts).Select(i => Cohort.Draw(random, $"course-{i}", followsSlope: false)))
        {
            cohort.TeachTo(fit);
        }

        fit.LearnCourseVariance();
        return fit;
    }

    /// <summary>One cohort of a course.</summary>
    /// <param name="Course">The course.</param>
    /// <param name="Looks">Its rates as counted at four times.</param>
    /// <param name="Completion">The true C.</param>
    /// <param name="Outcome">How many of its learners completed.</param>
    public sealed record Cohort(string Course, IReadOnlyList<IndexLook> Looks, double Completion, RateCount Outcome)
    {
        public static Cohort Draw(Random random, string course, bool followsSlope)
        {
            var (r, i, p) = (Rate(random), Rate(random), Rate(random));
            var logit = (LevelDeviation * Normal(random)) + (followsSlope ? OfSlope(r, i, p) : OfTerms(r, i, p));
            var completion = PortableMath.Logistic(logit);
            var learners = random.Next(20, 300);
            var looks = Enumerable.Range(1, 4).Select(look => new IndexLook(
                IndexPriors.Default.Shrink(new(Count(random, 4_000, r), Count(random, 1_000, i), Count(random, 1_000, p))), look / 5d)).ToList();
            return new(course, looks, completion, Count(random, learners, completion));
        }

        public void TeachTo(IndexFit fit) => fit.Learn(Course, Looks, Outcome);

        private static double OfSlope(double r, double i, double p)
        {
            var index = EngagementIndex.Mean(r, i, p);
            return -1 + (0.6 * (Math.Log(index / (1 - index)) + 4));
        }

        private static double OfTerms(double r, double i, double p)
        {
            var (x, y, z) = (Scaled(r), Scaled(i), Scaled(p));
            return -0.8 + (0.5 * x) + (0.9 * y) - (0.2 * z) + (0.15 * x * y) - (0.1 * y * z);
        }

        private static double Scaled(double rate) => (Math.Log(rate / (1 - rate)) + 2) / 2;

        private static double Rate(Random random) => PortableMath.Logistic(-2 + (1.2 * Normal(random)));

        private static RateCount Count(Random random, int of, double rate)
        {
            var hits = 0;
            for (var left = of; left > 0; left--)
            {
                hits += random.NextDouble() < rate ? 1 : 0;
            }

            return new(hits, of);
        }

        private static double Normal(Random random) =>
            Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
    }
}
