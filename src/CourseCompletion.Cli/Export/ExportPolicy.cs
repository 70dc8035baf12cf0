using CourseCompletion.Domain.Completion.Calibration;

namespace CourseCompletion.Cli.Export;

/// <summary>How a journal becomes a history.</summary>
/// <param name="NowMs">The instant of the export, in milliseconds since 1970-01-01 UTC: enrolments that matured by then have an outcome.</param>
/// <param name="Maturity">When they mature.</param>
/// <param name="IsBackfilled">Whether events were sent long after they happened: each then counts as received when it happened.</param>
internal sealed record ExportPolicy(long NowMs, MaturityPolicy Maturity, bool IsBackfilled);
