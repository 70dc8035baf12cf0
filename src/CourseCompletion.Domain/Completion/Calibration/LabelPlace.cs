namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>Where a label stands in the order in which a course's labels are learned: cohort by cohort, within one by the hash of the learner.</summary>
/// <remarks>By the place of the newest label learned it is known of each whether it was: labels may be told repeatedly and count once. One that comes after its cohort was passed by is left out.</remarks>
/// <param name="MaturesAtMs">When the cohort matured.</param>
/// <param name="LearnerHash">The hash of the learner's id.</param>
public readonly record struct LabelPlace(long MaturesAtMs, ulong LearnerHash) : IComparable<LabelPlace>
{
    /// <inheritdoc/>
    public int CompareTo(LabelPlace other) =>
        MaturesAtMs != other.MaturesAtMs ? MaturesAtMs.CompareTo(other.MaturesAtMs) : LearnerHash.CompareTo(other.LearnerHash);

    /// <summary>Whether the left one comes later.</summary>
    public static bool operator >(LabelPlace left, LabelPlace right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one comes earlier.</summary>
    public static bool operator <(LabelPlace left, LabelPlace right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one does not come earlier.</summary>
    public static bool operator >=(LabelPlace left, LabelPlace right) => left.CompareTo(right) >= 0;

    /// <summary>Whether the left one does not come later.</summary>
    public static bool operator <=(LabelPlace left, LabelPlace right) => left.CompareTo(right) <= 0;
}
