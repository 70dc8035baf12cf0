using System.Diagnostics;
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

    /// <summary>The span of its way to the server and back; null while it is not on the wire, and where nobody listens.</summary>
    public Activity? Span { get; set; }

    /// <summary>How many events it holds.</summary>
    public int Count => Request.Events.Count;

    /// <summary>Parts it in two, at the same place and each in the same order; the free part is null when every event waits.</summary>
    public (WireBatch? Free, WireBatch Held) Split(Func<Event, bool> waits)
    {
        var (free, held) = (new List<int>(), new List<int>());
        for (var place = 0; place < Count; place++)
            (waits(Request.Events[place]) ? held : free).Add(place);
        return free.Count == 0 ? (null, this) : (Part(free), Part(held));
    }

    /// <summary>The owner's index of the event at this place.</summary>
    public int IndexOf(int place) => indexes is null ? offset + place : indexes[place];

    private WireBatch Part(List<int> places)
    {
        var part = new StreamEventsRequest();
        part.Events.AddRange(places.Select(place => Request.Events[place]));
        return new(Owner, part, 0, [.. places.Select(IndexOf)]) { Place = Place };
    }
}
