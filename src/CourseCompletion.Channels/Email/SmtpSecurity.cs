namespace CourseCompletion.Channels.Email;

/// <summary>How the connection to the mail server is protected.</summary>
public enum SmtpSecurity : byte
{
    /// <summary>The connection begins in the clear and turns to TLS before anything is said, or fails. Usually port 587.</summary>
    StartTls = 0,

    /// <summary>TLS from the beginning. Usually port 465.</summary>
    Tls = 1,

    /// <summary>In the clear: for a relay on this machine or in a network that you trust.</summary>
    None = 2,
}
