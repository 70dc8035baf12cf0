namespace CourseCompletion.Domain.Campaigns.Effects;

/// <summary>What an interval allows to say.</summary>
public enum EffectClaim : byte
{
    /// <summary>The interval covers zero: nothing is claimed.</summary>
    NotShown = 0,

    /// <summary>The whole interval lies above zero.</summary>
    Helps = 1,

    /// <summary>The whole interval lies below zero.</summary>
    Harms = 2,
}
