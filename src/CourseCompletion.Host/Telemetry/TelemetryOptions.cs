using System.ComponentModel.DataAnnotations;

namespace CourseCompletion.Host.Telemetry;

/// <summary>What the server tells of itself, and to whom: configuration section <c>Telemetry</c>.</summary>
public sealed class TelemetryOptions : IValidatableObject
{
    /// <summary>The configuration section that these options are bound from.</summary>
    public const string SectionName = "Telemetry";

    /// <summary>Where traces and metrics are sent by OTLP, such as <c>http://127.0.0.1:4317</c>. Default none: nothing is sent, and no span is made.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>How OTLP is spoken there. Default <see cref="OtlpTransport.Grpc"/>.</summary>
    public OtlpTransport OtlpTransport { get; set; } = OtlpTransport.Grpc;

    /// <summary>
    /// The share of batches and calls that begin a trace, of those whose caller did not decide it. Default 0.001, from 0 to 1. A caller's <c>traceparent</c> is followed, whichever way it decided.
    /// </summary>
    [Range(0.0, 1.0, ErrorMessage = "Telemetry:TraceRatio must lie between 0 and 1.")]
    public double TraceRatio { get; set; } = 0.001;

    /// <summary>Whether <c>/metrics</c> on the HTTP port answers Prometheus. Default true.</summary>
    public bool Prometheus { get; set; } = true;

    /// <summary>Whether <c>/dashboard</c> on the HTTP port is the Orleans Dashboard. Default false. It has no authentication, so it needs a loopback address; it measures every call of a grain.</summary>
    public bool Dashboard { get; set; }

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!string.IsNullOrEmpty(OtlpEndpoint) && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var endpoint) && (endpoint.Scheme == Uri.UriSchemeHttp || endpoint.Scheme == Uri.UriSchemeHttps)))
        {
            yield return new("Telemetry:OtlpEndpoint must be an address such as http://127.0.0.1:4317, or absent.", [nameof(OtlpEndpoint)]);
        }
    }
}

/// <summary>How OTLP is spoken.</summary>
public enum OtlpTransport
{
    /// <summary>As gRPC; collectors listen at port 4317.</summary>
    Grpc,

    /// <summary>As HTTP with protobuf, to <c>/v1/traces</c> and <c>/v1/metrics</c> below the address; collectors listen at port 4318.</summary>
    Http,
}
