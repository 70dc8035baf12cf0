using System.Buffers;
using CourseCompletion.Protocol.V1;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace CourseCompletion.UnitTests.Gateway;

/// <summary>How the generated marshallers read requests off the wire.</summary>
public sealed class RequestReadingTests
{
    private readonly Dictionary<string, Func<byte[], object>> _readers = [];

    public RequestReadingTests()
    {
        var binder = new ReadingBinder(_readers);
        EngagementService.BindService(binder, null);
        LearnerService.BindService(binder, null);
        CourseService.BindService(binder, null);
        CommentService.BindService(binder, null);
        ModelService.BindService(binder, null);
        CampaignService.BindService(binder, null);
        QuestionService.BindService(binder, null);
        ClusterService.BindService(binder, null);
    }

    [Fact]
    public void Read_Garbage_IsInvalidInEveryCall()
    {
        Assert.Equal(65, _readers.Count);
        Assert.All(_readers, reader =>
        {
            var error = Assert.Throws<RpcException>(() => reader.Value([0xff, 0xff, 0xff]));
            Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
            Assert.NotNull(error.GetRpcStatus()!.GetDetail<BadRequest>());
        });
    }

    [Theory]
    [InlineData("StreamEvents", StreamEventsRequest.EventsFieldNumber)]
    [InlineData("RecordEvents", RecordEventsRequest.EventsFieldNumber)]
    public void Read_FarTooManyEvents_IsRefusedUnread(string method, int eventsField)
    {
        byte[] Events(int count) => [.. Enumerable.Repeat<byte[]>([(byte)((eventsField << 3) | 2), 0], count).SelectMany(e => e)];

        var error = Assert.Throws<RpcException>(() => _readers[method](Events(16_001)));

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("events", Assert.Single(error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
        Assert.NotNull(_readers[method](Events(16_000)));
    }

    [Fact]
    public void Read_LargeBatch_IsReadWholeWithItsSize()
    {
        var request = new StreamEventsRequest { BatchId = "1", SentAt = new() { Seconds = 1 } };
        for (var i = 0; i < 1_000; i++)
            request.Events.Add(new Event { EventId = $"{i}", Commented = new() { Text = new('x', i) } });
        var payload = request.ToByteArray();

        var read = (StreamEventsRequest)_readers["StreamEvents"](payload);

        Assert.Equal(request, read);
        Assert.Equal(payload.Length, read.PayloadBytes);
    }

    private sealed class ReadingBinder(Dictionary<string, Func<byte[], object>> readers) : ServiceBinderBase
    {
        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Add(method);

        private void Add<TRequest, TResponse>(Method<TRequest, TResponse> method)
            where TRequest : class
            where TResponse : class => readers.Add(method.Name, payload => method.RequestMarshaller.ContextualDeserializer(new Received(payload)));
    }

    // In pieces, as the server receives them.
    private sealed class Received(byte[] payload) : DeserializationContext
    {
        public override int PayloadLength => payload.Length;

        public override byte[] PayloadAsNewBuffer() => payload;

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence()
        {
            var first = new Piece(payload.AsMemory(0, payload.Length / 3), null);
            var last = new Piece(payload.AsMemory(payload.Length / 3), first);
            return new(first, 0, last, last.Memory.Length);
        }
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        public Piece(ReadOnlyMemory<byte> memory, Piece? before)
        {
            Memory = memory;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
