namespace CourseCompletion.Domain.Completion.Index;

/// <summary>Small symmetric positive definite matrices, row by row.</summary>
public static class PositiveMatrix
{
    /// <summary>The inverse, by Cholesky's factor.</summary>
    /// <exception cref="ArithmeticException">The matrix is not positive definite.</exception>
    public static double[] Invert(double[] matrix, int n)
    {
        var factor = Factor(matrix, n);
        var inverse = new double[n * n];
        var column = new double[n];
        for (var c = 0; c < n; c++)
        {
            for (var i = 0; i < n; i++)
            {
                var sum = i == c ? 1d : 0;
                for (var k = 0; k < i; k++)
                {
                    sum -= factor[(i * n) + k] * column[k];
                }

                column[i] = sum / factor[(i * n) + i];
            }

            for (var i = n - 1; i >= 0; i--)
            {
                var sum = column[i];
                for (var k = i + 1; k < n; k++)
                {
                    sum -= factor[(k * n) + i] * column[k];
                }

                column[i] = sum / factor[(i * n) + i];
                inverse[(i * n) + c] = column[i];
            }
        }

        return inverse;
    }

    /// <summary>The product with a vector.</summary>
    public static double[] Times(double[] matrix, double[] vector)
    {
        var n = vector.Length;
        var product = new double[n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                product[i] += matrix[(i * n) + j] * vector[j];
            }
        }

        return product;
    }

    /// <summary>The vector times the matrix times the vector.</summary>
    public static double Quadratic(double[] matrix, double[] vector)
    {
        var product = Times(matrix, vector);
        var sum = 0d;
        for (var i = 0; i < vector.Length; i++)
        {
            sum += vector[i] * product[i];
        }

        return sum;
    }

    private static double[] Factor(double[] matrix, int n)
    {
        var factor = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[(i * n) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= factor[(i * n) + k] * factor[(j * n) + k];
                }

                if (i != j)
                {
                    factor[(i * n) + j] = sum / factor[(j * n) + j];
                }
                else if (sum > 0)
                {
                    factor[(i * n) + i] = Math.Sqrt(sum);
                }
                else
                {
                    throw new ArithmeticException("The matrix is not positive definite.");
                }
            }
        }

        return factor;
    }
}
