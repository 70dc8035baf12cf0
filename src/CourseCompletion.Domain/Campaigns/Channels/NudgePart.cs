namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>One more nudge in a message that is a digest.</summary>
/// <param name="NudgeId">Names the nudge within its tenant.</param>
/// <param name="Campaign">The campaign that tells.</param>
/// <param name="Occurrence">The occurrence of the campaign.</param>
/// <param name="Purpose">What the learner may opt out of.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain text.</param>
/// <param name="Link">Where a tap leads; null for nowhere.</param>
public sealed record NudgePart(string NudgeId, string Campaign, string Occurrence, string Purpose, string Subject, string Text, string? Link);
