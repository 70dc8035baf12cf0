namespace CourseCompletion.Domain.Campaigns.Gate;

/// <summary>The numbers that the gate decides with.</summary>
/// <remarks>Caps as users accept them: once in 24 h, three times in 7 days, and an end after three that were ignored.</remarks>
public sealed record GatePolicy
{
    /// <summary>The policy with its documented defaults.</summary>
    public static GatePolicy Default { get; } = new();

    /// <summary>How many nudges a learner gets in 24 h, over all campaigns and channels. Default 1.</summary>
    public int PerDayMax { get; init; } = 1;

    /// <summary>How many in 7 days. Default 3.</summary>
    public int PerWeekMax { get; init; } = 3;

    /// <summary>After how many that the learner took no notice of, by being active or opening one, none follows. Default 3.</summary>
    public int IgnoredMax { get; init; } = 3;

    /// <summary>How many decisions a learner's state remembers; older ones stand in the journal and its archive. Default 64.</summary>
    public int EntriesMax { get; init; } = 64;

    /// <summary>In how many campaigns' experiments a learner takes part; the one that is out of use longest goes. Default 32.</summary>
    public int MembershipsMax { get; init; } = 32;
}
