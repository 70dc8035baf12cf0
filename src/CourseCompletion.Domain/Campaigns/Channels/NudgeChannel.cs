namespace CourseCompletion.Domain.Campaigns.Channels;

/// <summary>The ways to reach a learner. The numbers are stored and on the wire, and never reused.</summary>
public enum NudgeChannel : byte
{
    /// <summary>None.</summary>
    Unspecified = 0,

    /// <summary>The inbox that apps list and watch.</summary>
    InApp = 1,

    /// <summary>An HTTP request to the course team's own server, which pushes it to a phone or wherever it likes.</summary>
    Webhook = 2,

    /// <summary>E-mail by SMTP.</summary>
    Email = 3,
}
