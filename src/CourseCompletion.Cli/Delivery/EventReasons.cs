using CourseCompletion.Protocol.V1;
using Google.Protobuf.Reflection;

namespace CourseCompletion.Cli.Delivery;

/// <summary>The wire names of rejection reasons, such as <c>TOO_LATE</c>.</summary>
internal static class EventReasons
{
    private const string Prefix = "REJECTION_REASON_";

    private static readonly EnumDescriptor _descriptor =
        EngagementServiceReflection.Descriptor.EnumTypes.Single(descriptor => descriptor.ClrType == typeof(RejectionReason));

    public static string NameOf(RejectionReason reason) =>
        _descriptor.FindValueByNumber((int)reason) is { } value ? value.Name[Prefix.Length..] : $"reason {(int)reason}";
}
