namespace CourseCompletion.Domain.Campaigns.Delivery;

/// <summary>A dead letter with its place.</summary>
/// <param name="Sequence">Names it within its tenant; grows with every letter and is never given twice.</param>
/// <param name="Letter">The letter.</param>
public readonly record struct KeptDeadLetter(long Sequence, DeadLetter Letter);
