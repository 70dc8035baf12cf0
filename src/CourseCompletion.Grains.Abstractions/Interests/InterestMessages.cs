using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Grains.Abstractions.Interests;

/// <summary>What a learner is interested in, and what the learner said about it.</summary>
/// <param name="Interests">The interests, the greatest share first.</param>
/// <param name="Corrections">The corrections that hold, the last one last.</param>
[GenerateSerializer, Alias("cc.interests-view"), Immutable]
public sealed record InterestsView([property: Id(0)] InterestView[] Interests, [property: Id(1)] CorrectionView[] Corrections);

/// <summary>An interest as its readers see it; what the numbers mean stands at <see cref="LearnerInterest"/>.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Share">Its share in all interests, 0 to 1.</param>
/// <param name="Trend">By how much its share in the last days is above that.</param>
/// <param name="LastSeenAtMs">The newest thing that speaks for it; 0 when only the learner's own word does.</param>
/// <param name="Verdict">What the learner said about it.</param>
/// <param name="Evidence">What speaks for it, the strongest first.</param>
[GenerateSerializer, Alias("cc.interest-view"), Immutable]
public sealed record InterestView(
    [property: Id(0)] string Topic,
    [property: Id(1)] double Share,
    [property: Id(2)] double Trend,
    [property: Id(3)] long LastSeenAtMs,
    [property: Id(4)] InterestVerdict Verdict,
    [property: Id(5)] EvidenceView[] Evidence);

/// <summary>Something that speaks for an interest; see <see cref="InterestEvidence"/>.</summary>
/// <param name="Kind">What was done.</param>
/// <param name="Course">In which course.</param>
/// <param name="Lesson">At which lesson; empty for the course as a whole.</param>
/// <param name="Amount">Seconds watched; how often it was done for all else.</param>
/// <param name="AtMs">When last.</param>
/// <param name="Query">What was searched for; null from a silo of an earlier release.</param>
[GenerateSerializer, Alias("cc.interest-evidence-view"), Immutable]
public readonly record struct EvidenceView(
    [property: Id(0)] InterestEvidenceKind Kind,
    [property: Id(1)] CourseId Course,
    [property: Id(2)] string Lesson,
    [property: Id(3)] double Amount,
    [property: Id(4)] long AtMs,
    [property: Id(5)] string? Query);

/// <summary>A correction that holds.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Verdict">What the learner said.</param>
[GenerateSerializer, Alias("cc.interest-correction-view"), Immutable]
public readonly record struct CorrectionView([property: Id(0)] string Topic, [property: Id(1)] InterestVerdict Verdict);

/// <summary>What became of a correction.</summary>
/// <param name="Interests">The interests as they are then; null when it was refused.</param>
/// <param name="Refusal">Why it was refused, or null.</param>
[GenerateSerializer, Alias("cc.correction-outcome"), Immutable]
public sealed record CorrectionOutcome([property: Id(0)] InterestsView? Interests, [property: Id(1)] Rejection? Refusal);
