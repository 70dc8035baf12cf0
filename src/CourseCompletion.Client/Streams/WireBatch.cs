using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client.Streams;

/// <summary>One message on the wire: some of the events of a <see cref="Submission"/>, resent as it is until it is answered.</summary>
internal sealed class WireBatch(Submission owner, StreamEventsRequest request, int offset, int[]? indexes = null)
{
    /// <summary>Whose events these are.</summary>
    public Submission Owner { get; } = owner;

    /// <summary>The message.</summary>
    public StreamEventsRequest Request { get; } = request;

    /// <summary>Where it stands among all batches: lower ones go first, and a resent part keeps its batch's place.</summary>
    public long Place { get; set; }

    /// <summary>Not to be sent before this timestamp of the client's clock.</summary>
    public long NotBefore { get; set; }

    /// <summary>How many events it holds.</summary>
    public int Count => Request.Events.Count;

    /// <summary>The owner's index of the event at this place.</summary>
    public int IndexOf(int place) => indexes is null ? offset + place : indexes[place];
}
