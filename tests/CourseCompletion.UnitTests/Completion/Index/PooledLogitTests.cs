using CourseCompletion.Domain.Completion.Index;
using Xunit;

namespace CourseCompletion.UnitTests.Completion.Index;

public class PooledLogitTests
{
    private static readonly PooledLogitPrior _prior = IndexTerms.SlopePrior;

    [Fact]
    public void Learn_ManyOutcomesOfOneCourse_IsTheirLogit()
    {
        var evidence = new PooledLogitEvidence(2);
        for (var i = 0; i < 20; i++)
        {
            evidence.Learn("a", [1, 0], new(300, 1_000), 1, _prior);
        }

        var (mean, variance) = PooledLogitPosterior.Of(evidence, _prior).Linear("a", [1, 0]);

        Assert.Equal(Math.Log(0.3 / 0.7), mean, 2);
        Assert.Equal(1 / (20_000 * 0.3 * 0.7), variance, 5);
    }

    // The same posterior by the textbook: the whole precision matrix over coefficients and levels, inverted at once.
    [Fact]
    public void Of_SeveralCourses_EqualsTheWholeMatrix()
    {
        var evidence = new PooledLogitEvidence(2);
        string[] courses = ["a", "b", "c"];
        for (var i = 0; i < 9; i++)
        {
            evidence.Learn(courses[i % 3], [1, (i - 4) / 3d], new(10 + (5 * i), 100), 0.5, _prior);
        }

        var whole = new double[25];
        var pull = new double[5];
        for (var i = 0; i < 2; i++)
        {
            whole[(i * 5) + i] = _prior.Precision(i);
            pull[i] = (_prior.Precision(i) * _prior.Means[i]) + evidence.Pull[i];
            for (var j = 0; j < 2; j++)
            {
                whole[(i * 5) + j] += evidence.Information[(i * 2) + j];
            }
        }

        for (var c = 0; c < 3; c++)
        {
            var level = evidence.Courses[courses[c]];
            whole[((c + 2) * 5) + c + 2] = level.Information + (1 / _prior.CourseVariance);
            pull[c + 2] = level.Pull;
            for (var i = 0; i < 2; i++)
            {
                whole[(i * 5) + c + 2] = whole[((c + 2) * 5) + i] = level.Cross[i];
            }
        }

        var covariance = PositiveMatrix.Invert(whole, 5);
        var means = PositiveMatrix.Times(covariance, pull);
        var posterior = PooledLogitPosterior.Of(evidence, _prior);

        Assert.Equal(means[0], posterior.Means[0], 9);
        Assert.Equal(means[1], posterior.Means[1], 9);
        Assert.Equal(covariance[6], posterior.Variance(1), 9);
        var (mean, variance) = posterior.Linear("b", [1, 0.7]);
        double[] terms = [1, 0.7, 0, 1, 0];
        Assert.Equal(means[0] + (0.7 * means[1]) + means[3], mean, 9);
        Assert.Equal(PositiveMatrix.Quadratic(covariance, terms), variance, 9);
        Assert.Equal(PositiveMatrix.Times(covariance, terms)[1], posterior.CovarianceWith("b", [1, 0.7], 1), 9);
    }

    [Fact]
    public void ForgetTo_28DaysAndManyYears_HalvesAndThenReturnsToThePrior()
    {
        var fit = IndexFits.Learned(40, seed: 1);
        fit.ForgetTo(1);
        var (learners, before) = (fit.Full.Learners, PooledLogitPosterior.Of(fit.Full, fit.FullPrior).Variance(1));

        fit.ForgetTo(1 + (28 * IndexFits.DayMs));

        Assert.Equal(learners / 2, fit.Full.Learners, 6);
        Assert.True(PooledLogitPosterior.Of(fit.Full, fit.FullPrior).Variance(1) > before);

        fit.ForgetTo(20_000 * IndexFits.DayMs);

        Assert.Empty(fit.Full.Courses);
        Assert.Equal(0.49, PooledLogitPosterior.Of(fit.Full, fit.FullPrior).Variance(1), 6);
    }

    [Fact]
    public void Learn_MoreCoursesThanAreKept_KeepsTheCapAndWhatTheyTaught()
    {
        var evidence = new PooledLogitEvidence(2);
        for (var i = 0; i < IndexPolicy.CoursesMax; i++)
        {
            evidence.Learn($"{i}", [1, i % 2], new(5 + (10 * (i % 2)), 20), 1, _prior);
        }

        var before = PooledLogitPosterior.Of(evidence, _prior);
        evidence.Learn("one more", [1, 1], new(1, 1), 1e-6, _prior);
        var after = PooledLogitPosterior.Of(evidence, _prior);

        Assert.Equal(IndexPolicy.CoursesMax, evidence.Courses.Count);
        Assert.Equal(before.Means[1], after.Means[1], 6);
        Assert.Equal(before.Variance(1), after.Variance(1), 6);
    }
}
