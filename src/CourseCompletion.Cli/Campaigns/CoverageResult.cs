namespace CourseCompletion.Cli.Campaigns;

/// <summary>What daily looks at many simulated campaigns came to.</summary>
/// <param name="Campaigns">How many had a planted effect, and as many had none.</param>
/// <param name="Peeks">How often each was looked at.</param>
/// <param name="Covered">Of those with an effect: the interval by intention to treat held the truth at every look.</param>
/// <param name="TriggeredCovered">The same of the triggered effect.</param>
/// <param name="Shown">Of those with an effect: it was claimed, with the right sign, at the last look.</param>
/// <param name="FalselyPositive">Of those without: claimed to help at any look.</param>
/// <param name="FalselyNegative">Of those without: claimed to harm at any look.</param>
/// <param name="MismatchAlarms">Sample-ratio alarms over all campaigns, of which none was due.</param>
/// <param name="MeanHalfWidth">The mean half-width of the last intervals by intention to treat, in shares.</param>
/// <param name="MeanVarianceExplained">What the pre-period probability took away from the variance.</param>
internal sealed record CoverageResult(
    int Campaigns,
    int Peeks,
    int Covered,
    int TriggeredCovered,
    int Shown,
    int FalselyPositive,
    int FalselyNegative,
    int MismatchAlarms,
    double MeanHalfWidth,
    double MeanVarianceExplained);
