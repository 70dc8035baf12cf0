using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Channels.Email;

/// <summary>The mail server that nudges are handed to. Section <c>Channels:Smtp</c>; without it the channel does not exist.</summary>
public sealed class SmtpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Channels:Smtp";

    /// <summary>The server's name or address.</summary>
    [Required(ErrorMessage = "Set Channels:Smtp:Host to the name of the mail server.")]
    public string Host { get; set; } = "";

    /// <summary>The server's port. Default 587.</summary>
    [Range(1, 65535, ErrorMessage = "Channels:Smtp:Port must lie between 1 and 65535.")]
    public int Port { get; set; } = 587;

    /// <summary>How the connection is protected. Default <see cref="SmtpSecurity.StartTls"/>.</summary>
    [EnumDataType(typeof(SmtpSecurity), ErrorMessage = "Channels:Smtp:Security must be StartTls, Tls or None.")]
    public SmtpSecurity Security { get; set; }

    /// <summary>The account; null sends without one.</summary>
    public string? User { get; set; }

    /// <summary>The account's password.</summary>
    public string? Password { get; set; }

    /// <summary>The sender, such as <c>Learning &lt;no-reply@learn.example&gt;</c>. Its domain is also that of message ids.</summary>
    [Required(ErrorMessage = "Set Channels:Smtp:From to the sender's address.")]
    public string From { get; set; } = "";

    /// <summary>Where answers go; null for the sender.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>How long an attempt may take, with connecting. Default 30 seconds, from 0.1 second to 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00", ErrorMessage = "Channels:Smtp:Timeout must lie between 00:00:00.1 and 00:05:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Connections, and so messages under way at once, from one process. Default 4, from 1 to 64.</summary>
    [Range(1, 64, ErrorMessage = "Channels:Smtp:ConnectionsMax must lie between 1 and 64.")]
    public int ConnectionsMax { get; set; } = 4;
}
