using CourseCompletion.Domain.Completion.Calibration;

namespace CourseCompletion.Domain.Courses;

/// <summary>A row as a roster shard keeps it and hands it on to another.</summary>
/// <param name="Row">The row.</param>
/// <param name="Pending">The enrolment's prediction that waits for its label; null for none.</param>
public readonly record struct KeptRow(RosterRow Row, PendingPrediction? Pending);
