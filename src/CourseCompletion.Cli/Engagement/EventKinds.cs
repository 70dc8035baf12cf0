using CourseCompletion.Protocol.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace CourseCompletion.Cli.Engagement;

/// <summary>The wire names of event kinds and activity families, taken from the protobuf descriptors: <c>video_watched</c>, <c>page_close</c>.</summary>
internal static class EventKinds
{
    private const string FamilyPrefix = "ACTIVITY_FAMILY_";

    private static readonly Dictionary<string, FieldDescriptor> _bodies =
        Event.Descriptor.Oneofs[0].Fields.ToDictionary(field => field.Name, StringComparer.Ordinal);

    private static readonly Dictionary<Event.BodyOneofCase, string> _names =
        Event.Descriptor.Oneofs[0].Fields.ToDictionary(field => (Event.BodyOneofCase)field.FieldNumber, field => field.Name);

    private static readonly Dictionary<string, ActivityFamily> _families = Descriptor(typeof(ActivityFamily)).Values
        .Where(value => value.Number != 0)
        .ToDictionary(
            value => value.Name[FamilyPrefix.Length..].ToLowerInvariant(), value => (ActivityFamily)value.Number, StringComparer.Ordinal);

    private static readonly Dictionary<ActivityFamily, string> _familyNames = _families.ToDictionary(pair => pair.Value, pair => pair.Key);

    /// <summary>All kinds.</summary>
    public static IReadOnlyCollection<string> All => _bodies.Keys;

    /// <summary>All families.</summary>
    public static IReadOnlyCollection<string> AllFamilies => _families.Keys;

    /// <summary>The name of an event's kind.</summary>
    public static string NameOf(Event e) => _names[e.BodyCase];

    /// <summary>The name of a family.</summary>
    public static string NameOf(ActivityFamily family) => _familyNames[family];

    /// <summary>Whether there is such a family.</summary>
    public static bool TryParseFamily(string name, out ActivityFamily family) => _families.TryGetValue(name, out family);

    /// <summary>Gives an event an empty body of a kind; false when there is no such kind.</summary>
    public static bool TrySetBody(Event e, string kind)
    {
        if (!_bodies.TryGetValue(kind, out var field))
        {
            return false;
        }

        field.Accessor.SetValue(e, field.MessageType.Parser.ParseFrom(ByteString.Empty));
        return true;
    }

    /// <summary>Gives an event an empty body.</summary>
    public static void SetBody(Event e, Event.BodyOneofCase kind) => TrySetBody(e, _names[kind]);

    /// <summary>Whether the kind is about a lesson, so that the lesson is its object.</summary>
    public static bool IsAboutLesson(Event.BodyOneofCase kind) =>
        kind is Event.BodyOneofCase.VideoPlayed or Event.BodyOneofCase.VideoPaused or Event.BodyOneofCase.VideoSeeked
            or Event.BodyOneofCase.VideoWatched or Event.BodyOneofCase.VideoEnded or Event.BodyOneofCase.LessonCompleted;

    private static EnumDescriptor Descriptor(Type type) =>
        EventReflection.Descriptor.EnumTypes.Single(descriptor => descriptor.ClrType == type);
}
