using Grpc.Core;

namespace CourseCompletion.Client;

/// <summary>A stream that broke, and what happens next.</summary>
/// <param name="Status">The status that ended it.</param>
/// <param name="Detail">What went wrong, for people.</param>
/// <param name="EventsUnanswered">How many events were on the wire without an answer; they are sent again.</param>
/// <param name="Delay">How long the client waits before it connects again.</param>
public readonly record struct StreamInterruption(StatusCode Status, string Detail, int EventsUnanswered, TimeSpan Delay);
