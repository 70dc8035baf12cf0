using System.Numerics;
using System.Runtime.InteropServices;
using CourseCompletion.Domain.Completion;

namespace CourseCompletion.Prediction.Completion.Training;

/// <summary>The explanatory numbers of labelled rows.</summary>
internal interface ILogisticDesign
{
    /// <summary>The rows, for their labels and weights.</summary>
    FeatureRows Rows { get; }

    /// <summary>How many numbers a row has, the constant 1 at the end included.</summary>
    int Size { get; }

    /// <summary>Fills the numbers of a row in some blocks, ascending, and names the blocks; outside of them they count as 0.</summary>
    void Fill(int row, Span<double> into, List<Range> blocks);
}

/// <summary>Logistic regression with an L2 penalty by Newton's method.</summary>
internal static class LogisticFit
{
    private const int StepsMax = 8;
    private const double StepMin = 1e-3;

    /// <summary>The weights that fit best; the last is the intercept, which is not penalised.</summary>
    /// <param name="design">The rows.</param>
    /// <param name="l2">The penalty on each squared weight but the intercept's, in units of the rows' weights.</param>
    /// <param name="start">The weights to start from.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    public static double[] Run(ILogisticDesign design, IReadOnlyList<double> l2, double[] start, CancellationToken cancellationToken)
    {
        var size = design.Size;
        var weights = (double[])start.Clone();
        for (var step = 0; step < StepsMax; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (gradient, hessian) = Derivatives(design, weights);
            for (var i = 0; i < size - 1; i++)
            {
                gradient[i] -= l2[i] * weights[i];
                hessian[(i * size) + i] += l2[i];
            }

            Solve(hessian, gradient, size);
            for (var i = 0; i < size; i++)
            {
                weights[i] += gradient[i];
            }

            if (gradient.Max(change => Math.Abs(change)) < StepMin)
            {
                break;
            }
        }

        return weights;
    }

    private static (double[] Gradient, double[] Hessian) Derivatives(ILogisticDesign design, double[] weights)
    {
        var (rows, size) = (design.Rows, design.Size);
        var gradient = new double[size];
        var hessian = new double[size * size];
        var x = new double[size];
        var blocks = new List<Range>();
        for (var row = 0; row < rows.Count; row++)
        {
            design.Fill(row, x, blocks);
            var logit = 0.0;
            foreach (var block in blocks)
            {
                logit += Dot(weights.AsSpan(block), x.AsSpan(block));
            }

            var p = PortableMath.Logistic(logit);
            var error = rows.Weights[row] * (rows.Labels[row] - p);
            var curvature = rows.Weights[row] * p * (1 - p);
            for (var b = 0; b < blocks.Count; b++)
            {
                for (var i = blocks[b].Start.Value; i < blocks[b].End.Value; i++)
                {
                    gradient[i] += error * x[i];
                    for (var earlier = 0; earlier <= b; earlier++)
                    {
                        var (from, to) = (blocks[earlier].Start.Value, Math.Min(blocks[earlier].End.Value, i + 1));
                        AddScaled(hessian.AsSpan((i * size) + from, to - from), x.AsSpan(from, to - from), curvature * x[i]);
                    }
                }
            }
        }

        return (gradient, hessian);
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    private static void AddScaled(Span<double> to, ReadOnlySpan<double> from, double factor)
    {
        var wideTo = MemoryMarshal.Cast<double, Vector<double>>(to);
        var wideFrom = MemoryMarshal.Cast<double, Vector<double>>(from);
        for (var i = 0; i < wideTo.Length; i++)
        {
            wideTo[i] += wideFrom[i] * factor;
        }

        for (var i = wideTo.Length * Vector<double>.Count; i < to.Length; i++)
        {
            to[i] += from[i] * factor;
        }
    }

    // Solves a symmetric positive definite system by Cholesky; the lower half of the matrix is read, and the answer replaces the right-hand side.
    private static void Solve(double[] matrix, double[] right, int size)
    {
        for (var j = 0; j < size; j++)
        {
            for (var i = j; i < size; i++)
            {
                var sum = matrix[(i * size) + j] - Dot(matrix.AsSpan(i * size, j), matrix.AsSpan(j * size, j));
                matrix[(i * size) + j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-9)) : sum / matrix[(j * size) + j];
            }
        }

        for (var i = 0; i < size; i++)
        {
            right[i] = (right[i] - Dot(matrix.AsSpan(i * size, i), right.AsSpan(0, i))) / matrix[(i * size) + i];
        }

        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++)
            {
                right[i] -= matrix[(k * size) + i] * right[k];
            }

            right[i] /= matrix[(i * size) + i];
        }
    }
}
