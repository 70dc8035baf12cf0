using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.EndToEndTests.Engagement;

/// <summary>Builds events for tests.</summary>
internal static class Events
{
    public const string Source = "e2e";

    /// <summary>An hour ago, to the second: recent, and never in the future.</summary>
    public static readonly DateTime Start = DateTime.UnixEpoch.AddSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 3600);

    public static Event Of(string learner, string course, int number, Action<Event> body)
    {
        var made = new Event
        {
            EventId = $"{learner}-{course}-{number}",
            Source = Source,
            LearnerId = learner,
            CourseId = course,
            LessonId = "lesson-1",
            OccurredAt = Timestamp.FromDateTime(Start.AddSeconds(number)),
        };
        body(made);
        return made;
    }

    public static Event Watched(string learner, string course, int number, double from, double to) =>
        Of(learner, course, number, e => e.VideoWatched = new() { From = from, To = to });

    public static Event Liked(string learner, string course, int number) => Of(learner, course, number, e => e.Liked = new());

    /// <summary>Without the body that an event needs.</summary>
    public static Event Malformed(string learner, string course, int number) => Of(learner, course, number, static _ => { });
}
