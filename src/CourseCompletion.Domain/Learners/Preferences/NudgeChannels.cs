namespace CourseCompletion.Domain.Learners.Preferences;

/// <summary>A set of channels. The bits are stored and never reused.</summary>
[Flags]
public enum NudgeChannels : byte
{
    /// <summary>None: the learner wants to hear nothing.</summary>
    None = 0,

    /// <summary>The inbox in the app.</summary>
    InApp = 1,

    /// <summary>The app's backend, which may push.</summary>
    Webhook = 2,

    /// <summary>E-mail.</summary>
    Email = 4,
}
