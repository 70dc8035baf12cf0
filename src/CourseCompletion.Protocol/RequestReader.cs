using System.Buffers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace CourseCompletion.Protocol;

/// <summary>Reads requests off the wire: what is no message of the protocol is the caller's error and not the server's.</summary>
/// <remarks>The gRPC server reads a unary request before any interceptor runs, and would answer UNKNOWN to whatever goes wrong there.</remarks>
internal static class RequestReader
{
    private const int EventsMax = 16_000;
    private const int EventBytesMin = 2;

    /// <summary>Reads a request.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the bytes are no such message.</exception>
    public static T Read<T>(DeserializationContext context, MessageParser<T> parser)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(context.PayloadAsReadOnlySequence());
        }
        catch (InvalidProtocolBufferException)
        {
            throw Invalid("", "A message is not well-formed protobuf: use the published .proto files.");
        }
    }

    /// <summary>Reads a batch; one of far too many events is refused before any of them takes memory.</summary>
    /// <param name="context">What was received.</param>
    /// <param name="parser">Reads the message.</param>
    /// <param name="eventTag">The first byte of each event in the message: its field's number and wire type.</param>
    public static T ReadBatch<T>(DeserializationContext context, MessageParser<T> parser, byte eventTag)
        where T : IMessage<T> => context.PayloadLength > EventsMax * EventBytesMin && HasTooMany(context.PayloadAsReadOnlySequence(), eventTag)
        ? throw Invalid("events", "Send at most 1,000 events in one batch.")
        : Read(context, parser);

    // An event may be two bytes on the wire and is a hundred times as much in memory.
    private static bool HasTooMany(ReadOnlySequence<byte> payload, byte eventTag)
    {
        var reader = new SequenceReader<byte>(payload);
        var count = 0;
        while (count <= EventsMax && count + (reader.Remaining / EventBytesMin) > EventsMax && TrySkipField(ref reader, out var tag))
        {
            count += tag == eventTag ? 1 : 0;
        }

        return count > EventsMax;
    }

    // What is malformed ends the counting: the parser finds it, too, and makes nothing of what follows.
    private static bool TrySkipField(ref SequenceReader<byte> reader, out ulong tag) => TryReadNumber(ref reader, out tag) && (tag & 7) switch
    {
        0 => TryReadNumber(ref reader, out _),
        1 => TrySkip(ref reader, sizeof(ulong)),
        2 => TryReadNumber(ref reader, out var length) && TrySkip(ref reader, length),
        5 => TrySkip(ref reader, sizeof(uint)),
        _ => true, // A group's bounds: its fields count as the message's own, which is no error on the safe side.
    };

    private static bool TrySkip(ref SequenceReader<byte> reader, ulong length)
    {
        if (length > (ulong)reader.Remaining)
            return false;
        reader.Advance((long)length);
        return true;
    }

    private static bool TryReadNumber(ref SequenceReader<byte> reader, out ulong number)
    {
        number = 0;
        for (var shift = 0; shift < 70 && reader.TryRead(out var next); shift += 7)
        {
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return true;
        }

        return false;
    }

    private static RpcException Invalid(string field, string message)
    {
        var request = new BadRequest { FieldViolations = { new BadRequest.Types.FieldViolation { Field = field, Description = message, Reason = "INVALID_FIELD" } } };
        var details = new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Message = message, Details = { Any.Pack(request) } };
        return new(new(StatusCode.InvalidArgument, message), new Metadata { { "grpc-status-details-bin", details.ToByteArray() } });
    }
}
