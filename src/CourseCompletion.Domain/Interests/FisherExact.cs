using CourseCompletion.Domain.Campaigns.Effects;

namespace CourseCompletion.Domain.Interests;

/// <summary>Fisher's exact test (Journal of the Royal Statistical Society 85, 1922) of a table of two by two.</summary>
internal static class FisherExact
{
    /// <summary>How likely at least <paramref name="hits"/> of <paramref name="drawn"/> have a property that <paramref name="having"/> of <paramref name="all"/> have, 0 to 1.</summary>
    public static double UpperTail(int hits, int drawn, int having, int all)
    {
        var sum = 0.0;
        var total = LogChoose(all, drawn);
        for (var i = Math.Min(drawn, having); i >= Math.Max(hits, drawn + having - all); i--)
        {
            sum += Math.Exp(LogChoose(having, i) + LogChoose(all - having, drawn - i) - total);
        }

        return Math.Min(1, sum);
    }

    private static double LogChoose(int of, int some) => LogGamma.Of(of + 1) - LogGamma.Of(some + 1) - LogGamma.Of(of - some + 1);
}
