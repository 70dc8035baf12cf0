namespace CourseCompletion.Domain.Campaigns;

/// <summary>What becomes of a nudge that falls into the learner's quiet hours. The numbers are stored and never reused.</summary>
public enum QuietHoursRule : byte
{
    /// <summary>It is decided again when they end.</summary>
    Defer = 0,

    /// <summary>It is not sent.</summary>
    Drop = 2,
}
