using System.ComponentModel.DataAnnotations;
using CourseCompletion.Domain.Campaigns.Channels;

namespace CourseCompletion.Channels.Unsubscribing;

/// <summary>The links by which learners end messages. Section <c>Channels:Unsubscribe</c>; without it messages carry none.</summary>
public sealed class UnsubscribeOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Channels:Unsubscribe";

    /// <summary>Where learners reach the gateway's HTTP port from outside, such as <c>https://learn.example</c>; links are <c>{Url}/unsubscribe/{token}</c>.</summary>
    [Required(ErrorMessage = "Set Channels:Unsubscribe:Url to the address at which learners reach the gateway's HTTP port.")]
    public string Url { get; set; } = "";

    /// <summary>The key of the links' signatures, at least 16 bytes of UTF-8; the same on every silo and gateway.</summary>
    [Required(ErrorMessage = "Set Channels:Unsubscribe:Secret to a secret text; it is the same on every silo and gateway.")]
    [MinLength(UnsubscribeToken.SecretBytesMin, ErrorMessage = "Channels:Unsubscribe:Secret must be at least 16 characters long.")]
    public string Secret { get; set; } = "";

    /// <summary>The key before <see cref="Secret"/>, whose links still work.</summary>
    [MinLength(UnsubscribeToken.SecretBytesMin, ErrorMessage = "Channels:Unsubscribe:PreviousSecret must be at least 16 characters long.")]
    public string? PreviousSecret { get; set; }
}
