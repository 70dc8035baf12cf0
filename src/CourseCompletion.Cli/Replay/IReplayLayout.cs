using CourseCompletion.Cli.Engagement;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Replay;

/// <summary>A published layout of files, read as courses and events.</summary>
internal interface IReplayLayout
{
    /// <summary>The files that are read; they name the input of a resumable state.</summary>
    IReadOnlyList<string> Files { get; }

    /// <summary>The courses to define before the events are sent; none where the files do not say.</summary>
    IReadOnlyList<Course> ReadCourses(RowFaults faults);

    /// <summary>The events, in the files' order.</summary>
    IEnumerable<Event> ReadEvents(RowFaults faults);
}
