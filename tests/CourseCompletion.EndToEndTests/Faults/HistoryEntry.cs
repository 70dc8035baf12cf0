using System.Globalization;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>A line of a <see cref="History"/>.</summary>
/// <param name="At">The time since the history began.</param>
/// <param name="Kind">What the line tells.</param>
/// <param name="Fields">Everything behind the kind.</param>
internal readonly record struct HistoryEntry(TimeSpan At, string Kind, string[] Fields)
{
    public const string Invoke = "invoke";
    public const string Ok = "ok";
    public const string Fail = "fail";
    public const string Unknown = "unknown";
    public const string Saw = "saw";
    public const string Fault = "fault";

    /// <summary>The producer of every event in a history.</summary>
    public const string Source = "faults";

    private const string Watched = "watched";
    private const string Commented = "commented";
    private const string Liked = "liked";

    /// <summary>The words of every comment in a history.</summary>
    public const string CommentText = "I did not know that.";

    /// <summary>Reads a history's lines.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    public static IEnumerable<HistoryEntry> Read(string path) => File.ReadLines(path).Select(Parse);

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static HistoryEntry Parse(string line)
    {
        var fields = line.Split('\t');
        return fields.Length >= 3 && long.TryParse(fields[0], CultureInfo.InvariantCulture, out var ms)
            ? new(TimeSpan.FromMilliseconds(ms), fields[1], fields[2..])
            : throw new FormatException($"'{line}' is no line of a history.");
    }

    /// <summary>What an event's body is, in a field.</summary>
    public static string BodyOf(Event e) => e.BodyCase switch
    {
        Event.BodyOneofCase.VideoWatched => string.Create(CultureInfo.InvariantCulture, $"{Watched}:{e.VideoWatched.From}:{e.VideoWatched.To}"),
        Event.BodyOneofCase.Commented => Commented,
        Event.BodyOneofCase.Liked => Liked,
        _ => throw new ArgumentException($"A history has no word for {e.BodyCase}.", nameof(e)),
    };

    /// <summary>The event of an <c>invoke</c> line.</summary>
    public Event ToEvent()
    {
        var made = new Event
        {
            LearnerId = Fields[0],
            EventId = Fields[1],
            Source = Source,
            CourseId = Fields[2],
            LessonId = Fields[3],
            OccurredAt = Timestamp.FromDateTimeOffset(DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(Fields[4], CultureInfo.InvariantCulture))),
        };
        var body = Fields[5].Split(':');
        switch (body[0])
        {
            case Watched:
                made.VideoWatched = new() { From = double.Parse(body[1], CultureInfo.InvariantCulture), To = double.Parse(body[2], CultureInfo.InvariantCulture) };
                break;
            case Commented:
                made.Commented = new() { Text = CommentText };
                break;
            default:
                made.Liked = new();
                break;
        }

        return made;
    }
}
