using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using CourseCompletion.Client;
using CourseCompletion.EndToEndTests.Hosts;
using CourseCompletion.Protocol.V1;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit;
using Xunit.Abstractions;

namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>Whatever arrives at any method, over gRPC or as JSON, is answered with a typed error or taken: nothing crashes, nothing is INTERNAL, and memory stays flat.</summary>
[Collection(FaultCollection.Name)]
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const int CallersMax = 8;
    private const long GrowthBytesMax = 300L << 20;
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _stopDeadline = TimeSpan.FromSeconds(30);
    private static readonly Marshaller<byte[]> _raw = Marshallers.Create(static bytes => bytes, static bytes => bytes);

    private static readonly MethodDescriptor[] _methods =
    [
        .. new[]
        {
            EngagementServiceReflection.Descriptor, LearnerServiceReflection.Descriptor, CourseServiceReflection.Descriptor, CampaignServiceReflection.Descriptor,
            ModelServiceReflection.Descriptor, QuestionServiceReflection.Descriptor, CommentServiceReflection.Descriptor, ClusterServiceReflection.Descriptor,
        }.SelectMany(file => file.Services).SelectMany(service => service.Methods),
    ];

    private static readonly StatusCode[] _typed =
    [
        StatusCode.OK, StatusCode.InvalidArgument, StatusCode.NotFound, StatusCode.AlreadyExists, StatusCode.FailedPrecondition, StatusCode.OutOfRange, StatusCode.Aborted,
        StatusCode.ResourceExhausted,
    ];

    private readonly ConcurrentQueue<string> _wrong = new();
    private readonly ConcurrentDictionary<string, int> _answers = new();

    [Fact]
    public async Task Fuzz_EveryMethod_AnswersAreTypedAndMemoryIsFlat()
    {
        for (var round = 0; round < FaultSettings.Rounds; round++)
            await FuzzAsync(FaultSettings.Seed + round);
    }

    private async Task FuzzAsync(int seed)
    {
        _answers.Clear();
        var requests = FaultSettings.IsFull ? 30_000 : 3_000;
        await using var host = await HostProcess.StartAsync();
        using var channel = EngagementChannel.Open(host.Grpc);
        using var http = new HttpClient { BaseAddress = host.Http };
        FaultReport.Print(output, $"fuzz: {requests} requests with seed {seed}");

        await SendAsync(channel, http, seed, 0, requests / 3);
        var before = host.MemoryBytes;
        await SendAsync(channel, http, seed, requests / 3, requests);
        var after = host.MemoryBytes;

        FaultReport.Print(output, $"fuzz: memory {before >> 20} MB after a third, {after >> 20} MB at the end; {string.Join(", ", _answers.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value}"))}");
        Assert.True(_wrong.IsEmpty, $"{_wrong.Count} wrong answers: {string.Join("\n", _wrong.Take(10))}\n{host.Describe()}");
        Assert.True(host.IsRunning, host.Describe());
        Assert.True(after < before + GrowthBytesMax, $"Memory grew from {before >> 20} to {after >> 20} MB.");
        Assert.Equal(0, await host.StopAsync(_stopDeadline));
        await using var doctor = ChildProcess.StartDotnet("CourseCompletion.Cli", ["doctor", "--verify", "--data", host.DataDirectory]);
        Assert.True(await doctor.ExitCodeAsync(TimeSpan.FromMinutes(2)) == 0, doctor.Describe());
    }

    private Task SendAsync(ChannelBase channel, HttpClient http, int seed, int from, int to) =>
        Parallel.ForEachAsync(Enumerable.Range(from, to - from), new ParallelOptions { MaxDegreeOfParallelism = CallersMax }, async (number, _) =>
        {
            // Each request has a seed of its own, so that a wrong answer can be asked for again alone.
            var random = new Random(HashCode.Combine(seed, number));
            var method = _methods[random.Next(_methods.Length)];
            var made = new FuzzedMessages(random);
            if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule && random.Next(3) == 0)
                await AskJsonAsync(http, method, rule, made, random);
            else
                await AskGrpcAsync(channel, method, made, random);
        });

    private async Task AskGrpcAsync(ChannelBase channel, MethodDescriptor method, FuzzedMessages made, Random random)
    {
        var request = made.Make(method.InputType).ToByteArray();
        if (random.Next(2) == 0)
            request = made.Damage(request);
        var status = StatusCode.OK;
        var detail = "";
        try
        {
            await CallAsync(channel.CreateCallInvoker(), method, request);
        }
        catch (RpcException exception)
        {
            (status, detail) = (exception.StatusCode, exception.Status.Detail);
        }

        // A watch that lasts until its caller has heard enough.
        var isEnough = method.IsServerStreaming && status is StatusCode.DeadlineExceeded or StatusCode.Cancelled;
        Note($"{status}", _typed.Contains(status) || isEnough, () => $"{method.FullName} {Convert.ToBase64String(request)}: {status} {detail}");
    }

    private static async Task CallAsync(CallInvoker invoker, MethodDescriptor method, byte[] request)
    {
        var type = (method.IsClientStreaming, method.IsServerStreaming) switch
        {
            (true, true) => MethodType.DuplexStreaming,
            (false, true) => MethodType.ServerStreaming,
            _ => MethodType.Unary,
        };
        var called = new Method<byte[], byte[]>(type, method.Service.FullName, method.Name, _raw, _raw);
        var soon = new CallOptions(deadline: DateTime.UtcNow + _patience);
        switch (type)
        {
            case MethodType.DuplexStreaming:
                using (var call = invoker.AsyncDuplexStreamingCall(called, null, default))
                {
                    await call.RequestStream.WriteAsync(request);
                    await call.RequestStream.CompleteAsync();
                    while (await call.ResponseStream.MoveNext(CancellationToken.None))
                    {
                        // Until it ends.
                    }
                }

                break;
            case MethodType.ServerStreaming:
                using (var call = invoker.AsyncServerStreamingCall(called, null, soon, request))
                    await call.ResponseStream.MoveNext(CancellationToken.None);
                break;
            default:
                await invoker.AsyncUnaryCall(called, null, default, request);
                break;
        }
    }

    private async Task AskJsonAsync(HttpClient http, MethodDescriptor method, HttpRule rule, FuzzedMessages made, Random random)
    {
        var (verb, template) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Put => (HttpMethod.Put, rule.Put),
            HttpRule.PatternOneofCase.Post => (HttpMethod.Post, rule.Post),
            HttpRule.PatternOneofCase.Delete => (HttpMethod.Delete, rule.Delete),
            HttpRule.PatternOneofCase.Patch => (HttpMethod.Patch, rule.Patch),
            _ => (HttpMethod.Get, rule.Get),
        };
        var path = string.Concat(template.Split('{', '}').Select((part, i) => i % 2 == 0 ? part : Uri.EscapeDataString(made.Text())));
        if (verb == HttpMethod.Get && method.InputType.Fields.InDeclarationOrder() is { Count: > 0 } fields)
            path += $"?{Uri.EscapeDataString(fields[random.Next(fields.Count)].JsonName)}={Uri.EscapeDataString(made.Text())}";
        var body = Encoding.UTF8.GetBytes(JsonOf(made.Make(method.InputType)));
        using var request = new HttpRequestMessage(verb, new Uri(path, UriKind.Relative));
        if (verb != HttpMethod.Get)
            request.Content = new ByteArrayContent(random.Next(2) == 0 ? made.Damage(body) : body) { Headers = { ContentType = new("application/json") } };
        using var enough = new CancellationTokenSource(method.IsServerStreaming ? _patience : TimeSpan.FromMinutes(1));
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, enough.Token);
            var code = (int)answer.StatusCode;
            Note(code.ToString(CultureInfo.InvariantCulture), code < 500, () => $"{verb} {path} {Encoding.UTF8.GetString(body)}: {answer.StatusCode}");
        }
        catch (OperationCanceledException) when (method.IsServerStreaming)
        {
            Note("watched", isRight: true, () => "");
        }
    }

    // What JSON has no words for is left as it is written, as a careless client does.
    private static string JsonOf(IMessage message)
    {
        try
        {
            return JsonFormatter.Default.Format(message);
        }
        catch (InvalidOperationException)
        {
            return "{\"events\": [{\"occurredAt\": 7}]}";
        }
    }

    private void Note(string answer, bool isRight, Func<string> describe)
    {
        _answers.AddOrUpdate(answer, 1, static (_, count) => count + 1);
        if (!isRight)
            _wrong.Enqueue(describe());
    }
}
