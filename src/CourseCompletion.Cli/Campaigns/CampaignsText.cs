namespace CourseCompletion.Cli.Campaigns;

/// <summary>Evaluations of campaigns as text on the console.</summary>
internal static class CampaignsText
{
    /// <summary>What daily looks came to.</summary>
    public static string Of(CoverageResult result) =>
        $"""
        {result.Campaigns} campaigns with a planted effect, {result.Peeks} daily looks each
          intervals that cover the truth at all looks   {result.Covered,5}   (triggered: {result.TriggeredCovered})
          effects shown by the last look                {result.Shown,5}
          mean half-width at the last look              {result.MeanHalfWidth,9:F4}   variance explained by the pre-period probability {result.MeanVarianceExplained:P0}
        {result.Campaigns} campaigns without effect
          ever called positive                          {result.FalselyPositive,5}   (ever called negative: {result.FalselyNegative})
          sample-ratio alarms of all campaigns          {result.MismatchAlarms,5}

        """;

    /// <summary>What advice is worth.</summary>
    public static string Of(UpliftResult result, string name) =>
        $"""
        {name}: after {result.Decisions} decisions; on since {(result.OnSince is { } since ? $"decision {since}" : "never")}
          mean return a decision    silence {result.Silence:F4}   send to all {result.SendAll:F4}   advised {result.Advised:F4}   oracle {result.Oracle:F4}
          share of the oracle's gain over silence       {result.ShareOfOracle,9:F3}
          {result.Verdict.Explanation}

        """;

    /// <summary>What learning arms is worth.</summary>
    public static string Of(ArmResult result) =>
        $"""
        arms: {result.Campaigns} campaigns of {result.Decisions} decisions, learning included
          mean return               uniform {result.UniformReturn:F4}   learned {result.LearnedReturn:F4}
          relative gain             {result.Gain:P1} (95 % interval {result.GainLow:P1} to {result.GainHigh:P1})

        """;
}
