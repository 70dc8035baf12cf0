using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Cli.Export;

/// <summary>A learner's journal as it was found.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Frames">The frames in the journal's order.</param>
/// <param name="Missing">How many frames up to the newest were found nowhere.</param>
internal sealed record ExportedJournal(LearnerKey Learner, IReadOnlyList<JournalFrame> Frames, long Missing);
