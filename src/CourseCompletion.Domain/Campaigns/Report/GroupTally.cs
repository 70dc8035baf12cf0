using CourseCompletion.Domain.Campaigns.Effects;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Campaigns.Report;

/// <summary>The sums of one side of a campaign's experiment.</summary>
/// <param name="Counts">What happened.</param>
/// <param name="Returned">Activity within 7 days of the assignment, of those assigned so long ago: by intention to treat.</param>
/// <param name="ReturnedTriggered">Activity within 7 days of the first trigger, of those triggered so long ago.</param>
/// <param name="CheckedInTriggered">A check-in within 7 days of the first trigger, of the same.</param>
/// <param name="Completed">Completion within 28 days of the assignment, of those assigned so long ago.</param>
public readonly record struct GroupTally(
    GroupCounts Counts, GroupSums Returned, GroupSums ReturnedTriggered, GroupSums CheckedInTriggered, GroupSums Completed)
{
    /// <summary>The sums of two parts.</summary>
    public GroupTally Add(in GroupTally other) => new(
        Counts.Add(other.Counts),
        Returned.Add(other.Returned),
        ReturnedTriggered.Add(other.ReturnedTriggered),
        CheckedInTriggered.Add(other.CheckedInTriggered),
        Completed.Add(other.Completed));

    /// <summary>The same learners as one unit, because they were drawn together.</summary>
    public GroupTally AsCluster() => new(Counts, Returned.AsCluster(), ReturnedTriggered.AsCluster(), CheckedInTriggered.AsCluster(), Completed.AsCluster());

    internal void Write(PayloadWriter to)
    {
        Counts.Write(to);
        GroupSumsCodec.Write(to, Returned);
        GroupSumsCodec.Write(to, ReturnedTriggered);
        GroupSumsCodec.Write(to, CheckedInTriggered);
        GroupSumsCodec.Write(to, Completed);
    }

    internal static GroupTally Read(ref PayloadReader from) => new(
        GroupCounts.Read(ref from), GroupSumsCodec.Read(ref from), GroupSumsCodec.Read(ref from), GroupSumsCodec.Read(ref from), GroupSumsCodec.Read(ref from));
}
