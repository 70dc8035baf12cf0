namespace CourseCompletion.Domain.Completion.Index;

/// <summary>What contributes to a course's C. The first eight are places in <see cref="IndexTerms.Full"/>; the numbers are stored and never reused.</summary>
public enum IndexTerm
{
    /// <summary>What all courses have in common.</summary>
    Base = 0,

    /// <summary>R.</summary>
    Recommended = 1,

    /// <summary>I.</summary>
    Interacting = 2,

    /// <summary>P.</summary>
    Promoted = 3,

    /// <summary>R with I.</summary>
    RecommendedAndInteracting = 4,

    /// <summary>R with P.</summary>
    RecommendedAndPromoted = 5,

    /// <summary>I with P.</summary>
    InteractingAndPromoted = 6,

    /// <summary>The share of the course that has elapsed.</summary>
    Elapsed = 7,

    /// <summary>What is special to the course, whatever its rates.</summary>
    Course = 8,
}

/// <summary>What a contribution may be taken for.</summary>
public enum TermLabel
{
    /// <summary>The data cannot tell: the posterior is hardly narrower than the prior, or the values do not vary.</summary>
    NotIdentified = 0,

    /// <summary>It goes along with completion; whether it causes it is not known.</summary>
    Association = 1,

    /// <summary>Who was recommended or promoted to was drawn by lot, so it is an effect.</summary>
    Effect = 2,
}

/// <summary>One bar: what a term adds to the logit of C.</summary>
/// <param name="Term">The term.</param>
/// <param name="Logit">What it adds, relative to the mean of the courses learned from.</param>
/// <param name="Label">What it may be taken for.</param>
public readonly record struct TermContribution(IndexTerm Term, Interval90 Logit, TermLabel Label);
