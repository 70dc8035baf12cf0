using CourseCompletion.Prediction.Completion.Training;

namespace CourseCompletion.Prediction.Recommendations.Peers;

/// <summary>The full item-by-item matrices of the peers, which only an evaluation can afford.</summary>
internal static class ItemMatrices
{
    /// <summary>Cosine of the sets of learners who took two items; 0 on the diagonal.</summary>
    public static float[] Cosine(ItemHistories train)
    {
        var items = train.Items.Count;
        var together = Together(train);
        var cosine = new float[items * items];
        for (var i = 0; i < items; i++)
        {
            for (var j = 0; j < items; j++)
            {
                var both = together[(i * items) + j];
                cosine[(i * items) + j] = i == j || both == 0 ? 0 : (float)(both / Math.Sqrt(together[(i * items) + i] * together[(j * items) + j]));
            }
        }

        return cosine;
    }

    /// <summary>The weights of EASE: the linear model that best restores histories from themselves, no item from itself, in closed form.</summary>
    /// <remarks>H. Steck: Embarrassingly Shallow Autoencoders for Sparse Data. WWW 2019. B = I - P / diag(P) with P the inverse of the counts plus the penalty.</remarks>
    /// <param name="train">What is learned from.</param>
    /// <param name="penalty">The penalty on squared weights, in learners.</param>
    /// <param name="progress">Told how far the inverse is.</param>
    /// <param name="cancellationToken">Stops the inverse.</param>
    public static float[] Ease(ItemHistories train, double penalty, IProgress<TrainingProgress> progress, CancellationToken cancellationToken)
    {
        var items = train.Items.Count;
        var inverse = Together(train);
        for (var i = 0; i < items; i++)
        {
            inverse[(i * items) + i] += penalty;
        }

        PositiveInverse.Invert(inverse, items, progress, cancellationToken);
        var weights = new float[items * items];
        for (var i = 0; i < items; i++)
        {
            for (var j = 0; j < items; j++)
            {
                weights[(i * items) + j] = i == j ? 0 : (float)(-inverse[(i * items) + j] / inverse[(j * items) + j]);
            }
        }

        return weights;
    }

    // How many learners took both items; on the diagonal, how many took one.
    private static double[] Together(ItemHistories train)
    {
        var items = train.Items.Count;
        var together = new double[items * items];
        foreach (var sequence in train.Sequences)
        {
            foreach (var one in sequence)
            {
                foreach (var other in sequence)
                {
                    together[(one * items) + other]++;
                }
            }
        }

        return together;
    }
}
