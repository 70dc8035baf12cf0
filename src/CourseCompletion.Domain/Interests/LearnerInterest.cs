namespace CourseCompletion.Domain.Interests;

/// <summary>A topic that a learner is interested in.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Share">Its share in all of the learner's interests, 0 to 1.</param>
/// <param name="Trend">By how much its share in the last days is above (or below) that, -1 to 1.</param>
/// <param name="LastSeenAtMs">The newest thing that speaks for it; 0 when only the learner's own word does.</param>
/// <param name="Verdict">What the learner said about it.</param>
/// <param name="Evidence">What speaks for it most, the strongest first.</param>
public sealed record LearnerInterest(
    string Topic, double Share, double Trend, long LastSeenAtMs, InterestVerdict Verdict, IReadOnlyList<InterestEvidence> Evidence);
