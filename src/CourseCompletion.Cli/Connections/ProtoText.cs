using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Connections;

/// <summary>Answers as text for people and, with <c>--json</c>, for programs.</summary>
internal static class ProtoText
{
    private static readonly JsonFormatter _oneLine = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true).WithPreserveProtoFieldNames(true));

    /// <summary>One line of JSON with the wire's field names.</summary>
    public static string Json(IMessage message) => _oneLine.Format(message);

    /// <summary>An instant to the second, in UTC; a dash for none.</summary>
    public static string At(Timestamp? instant) =>
        instant?.ToDateTime().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "-";

    /// <summary>A share in percent.</summary>
    public static string Percent(double? share) => share is { } known ? known.ToString("P1", CultureInfo.InvariantCulture) : "-";

    /// <summary>An enumeration value without its type's prefix, in lower case.</summary>
    public static string Name(System.Enum value) => value.ToString().ToLowerInvariant();
}
