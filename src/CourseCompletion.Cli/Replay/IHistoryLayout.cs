using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Replay;

/// <summary>A layout that also tells how enrolments ended, so that a model can be learned from it.</summary>
internal interface IHistoryLayout : IReplayLayout
{
    /// <summary>The events with the time at which they could be known, in the files' order.</summary>
    IEnumerable<HistoryEvent> ReadHistory(RowFaults faults);

    /// <summary>How the enrolments ended.</summary>
    IEnumerable<Outcome> ReadOutcomes(RowFaults faults);

    /// <summary>What the enrolments are in columns of the files that say more about learners.</summary>
    /// <param name="columns">The columns' names.</param>
    /// <param name="faults">Where malformed rows are counted.</param>
    /// <exception cref="DataFormatException">There is no such column; the message names those that there are.</exception>
    EnrolmentGroups ReadGroups(IReadOnlyList<string> columns, RowFaults faults);
}

/// <summary>An event, and when it could be known.</summary>
internal readonly record struct HistoryEvent(Event Event, Timestamp ReceivedAt);

/// <summary>How an enrolment ended.</summary>
/// <param name="LearnerId">The learner.</param>
/// <param name="CourseId">The course.</param>
/// <param name="EnrolledAt">When the learner enrolled; null where it is not known or stands among the events.</param>
/// <param name="ObservedUntil">Up to when the history tells of it.</param>
/// <param name="Completed">Whether the target was reached.</param>
internal sealed record Outcome(string LearnerId, string CourseId, Timestamp? EnrolledAt, Timestamp ObservedUntil, bool Completed);
