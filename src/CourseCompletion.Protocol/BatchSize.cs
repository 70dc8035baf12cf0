namespace CourseCompletion.Protocol.V1;

/// <content>How large a batch is.</content>
public sealed partial class StreamEventsRequest
{
    /// <summary>The bytes that the message had on the wire; 0 for one that was not received over gRPC.</summary>
    public int PayloadBytes { get; internal set; }
}

/// <content>How large a batch is.</content>
public sealed partial class RecordEventsRequest
{
    /// <summary>The bytes that the message had on the wire; 0 for one that was not received over gRPC.</summary>
    public int PayloadBytes { get; internal set; }
}
