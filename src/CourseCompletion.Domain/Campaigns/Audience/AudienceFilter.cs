using CourseCompletion.Domain.Completion.Bands;

namespace CourseCompletion.Domain.Campaigns.Audience;

/// <summary>Which learners of a course a campaign is for, by their live state. Everything given has to hold; what is not given lets everybody through.</summary>
/// <remarks>Learners who completed the course or withdrew are in no audience.</remarks>
public sealed record AudienceFilter
{
    /// <summary>Everybody who is active in the course.</summary>
    public static AudienceFilter Everybody { get; } = new();

    /// <summary>One of these bands; empty for any.</summary>
    public IReadOnlyList<CompletionBand> Bands { get; init; } = [];

    /// <summary>At least this completion probability, 0 to 1.</summary>
    public double ProbabilityMin { get; init; }

    /// <summary>At most this one.</summary>
    public double ProbabilityMax { get; init; } = 1;

    /// <summary>Being active on two days of a week would raise the probability by at least this, 0 to 1; 0 asks for nothing.</summary>
    public double GainMin { get; init; }

    /// <summary>At least so many whole days since the newest activity.</summary>
    public int SilentDaysMin { get; init; }

    /// <summary>At most so many; null for any number.</summary>
    public int? SilentDaysMax { get; init; }

    /// <summary>At least this progress, 0 to 1.</summary>
    public double ProgressMin { get; init; }

    /// <summary>At most this one.</summary>
    public double ProgressMax { get; init; } = 1;

    /// <summary>A required lesson that the learner has not completed is due within so many days; null asks for nothing.</summary>
    public int? DueWithinDays { get; init; }

    /// <summary>The course has one of these tags; empty for any course.</summary>
    public IReadOnlyList<string> CourseTags { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(AudienceFilter? other) =>
        other is not null
        && ProbabilityMin.Equals(other.ProbabilityMin) && ProbabilityMax.Equals(other.ProbabilityMax) && GainMin.Equals(other.GainMin)
        && SilentDaysMin == other.SilentDaysMin && SilentDaysMax == other.SilentDaysMax && ProgressMin.Equals(other.ProgressMin) && ProgressMax.Equals(other.ProgressMax)
        && DueWithinDays == other.DueWithinDays && Bands.SequenceEqual(other.Bands) && CourseTags.SequenceEqual(other.CourseTags);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Bands.Count, ProbabilityMin, ProbabilityMax, SilentDaysMin, ProgressMin, ProgressMax, DueWithinDays);
}
