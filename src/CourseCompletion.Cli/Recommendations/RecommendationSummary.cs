using CourseCompletion.Prediction.Recommendations;

namespace CourseCompletion.Cli.Recommendations;

/// <summary>How the engine's recommender does beside others under one protocol.</summary>
/// <param name="Protocol">What was held out, in words.</param>
/// <param name="HoldOut">What was learned from and tested on.</param>
/// <param name="Reports">The engine's own report, then those of the others.</param>
/// <param name="Elapsed">How long it took.</param>
internal sealed record RecommendationSummary(string Protocol, HoldOut HoldOut, IReadOnlyList<RecommendationReport> Reports, TimeSpan Elapsed);
