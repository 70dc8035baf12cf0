namespace CourseCompletion.Domain.Interests;

/// <summary>From when on a term counts as emerging.</summary>
public sealed record EmergingPolicy
{
    /// <summary>The policy with its documented defaults.</summary>
    public static EmergingPolicy Default { get; } = new();

    /// <summary>How long a comment is recent. Default 7 days.</summary>
    public long RecentMs { get; init; } = 7 * 86_400_000L;

    /// <summary>How many recent comments, and how many earlier ones, are looked at: a sample by the learner's hash where there are more. Default 2,000.</summary>
    public int SampleMax { get; init; } = 2_000;

    /// <summary>How many learners must have it in their newest comment of late. Default 4.</summary>
    public int LearnersMin { get; init; } = 4;

    /// <summary>How many times as frequent it must be as before. Default 2.</summary>
    public double LiftMin { get; init; } = 2;

    /// <summary>The share of findings that may be false, by Benjamini and Hochberg. Default 0.1.</summary>
    public double FalseDiscoveryRate { get; init; } = 0.1;

    /// <summary>How many terms are found. Default 10.</summary>
    public int TermsMax { get; init; } = 10;

    /// <summary>How many examples each has. Default 3.</summary>
    public int ExamplesMax { get; init; } = 3;
}
