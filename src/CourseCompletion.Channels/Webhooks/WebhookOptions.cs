using System.ComponentModel.DataAnnotations;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Channels.Webhooks;

/// <summary>Where and how nudges are posted. Section <c>Channels:Webhook</c>; without it the channel does not exist.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Channels:Webhook";

    /// <summary>The receiver's address: absolute, https. http is taken for this machine, and elsewhere if <see cref="AllowHttp"/> is set.</summary>
    [Required(ErrorMessage = "Set Channels:Webhook:Url to the receiver's address.")]
    public string Url { get; set; } = "";

    /// <summary>The key of the signature, at least 16 bytes of UTF-8.</summary>
    [Required(ErrorMessage = "Set Channels:Webhook:Secret to the key that the receiver verifies signatures with.")]
    [MinLength(UnsubscribeToken.SecretBytesMin, ErrorMessage = "Channels:Webhook:Secret must be at least 16 characters long.")]
    public string Secret { get; set; } = "";

    /// <summary>The key before <see cref="Secret"/>: while it is set, requests carry a signature of each, so that the receiver can change over when it likes.</summary>
    [MinLength(UnsubscribeToken.SecretBytesMin, ErrorMessage = "Channels:Webhook:PreviousSecret must be at least 16 characters long.")]
    public string? PreviousSecret { get; set; }

    /// <summary>How long an attempt may take. Default 10 seconds, from 0.1 to 60 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00", ErrorMessage = "Channels:Webhook:Timeout must lie between 00:00:00.1 and 00:01:00.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Connections open to the receiver from one process. Default 64, from 1 to 1,024.</summary>
    [Range(1, 1024, ErrorMessage = "Channels:Webhook:ConnectionsMax must lie between 1 and 1024.")]
    public int ConnectionsMax { get; set; } = 64;

    /// <summary>Permits http to other machines: whoever is on the way reads ids and texts, and could answer in the receiver's place. Default false.</summary>
    public bool AllowHttp { get; set; }
}
