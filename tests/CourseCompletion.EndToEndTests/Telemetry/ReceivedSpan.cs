namespace CourseCompletion.EndToEndTests.Telemetry;

/// <summary>A span as it came to a collector; ids in lower-case hexadecimal, the parent's empty for a root.</summary>
internal sealed record ReceivedSpan(string TraceId, string SpanId, string ParentId, string Name);
