using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Client;

/// <summary>What became of a batch of events.</summary>
public sealed class BatchAcknowledgement
{
    internal BatchAcknowledgement(
        IReadOnlyList<Event> events, IReadOnlyList<EventResult> results, IReadOnlyList<CompletionUpdate> completions, TimeSpan elapsed)
    {
        Events = events;
        Results = results;
        Completions = completions;
        Elapsed = elapsed;
    }

    /// <summary>The events, as they were given.</summary>
    public IReadOnlyList<Event> Events { get; }

    /// <summary>One result per event, in the same order. For RETRY see <see cref="EventAcknowledgement"/>.</summary>
    public IReadOnlyList<EventResult> Results { get; }

    /// <summary>The new completion probabilities of the enrolments that were touched; when parts were resent, the later one follows.</summary>
    public IReadOnlyList<CompletionUpdate> Completions { get; }

    /// <summary>From the first sending until the last event was answered, resends included; zero when it was never sent.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The event at this place with its result.</summary>
    /// <param name="index">The place in <see cref="Events"/>.</param>
    public EventAcknowledgement this[int index] => new(Events[index], Results[index]);
}
