using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Orleans.Serialization;
using Status = Google.Rpc.Status;

namespace CourseCompletion.Gateway.Errors;

/// <summary>The errors that clients see: a code, one sentence in English for developers, and <c>google.rpc</c> details.</summary>
internal static class GatewayErrors
{
    /// <summary>The domain of every <see cref="ErrorInfo"/>.</summary>
    public const string Domain = "coursecompletion.v1";

    /// <summary>A request with malformed fields.</summary>
    public static RpcException Invalid(params IReadOnlyList<Rejection> faults)
    {
        var request = new BadRequest();
        foreach (var fault in faults)
        {
            request.FieldViolations.Add(Violation(fault));
        }

        return Error(StatusCode.InvalidArgument, faults.Count == 1 ? faults[0].Message : $"{faults.Count} fields are at fault; see the details.", request);
    }

    /// <summary>A request that is well-formed and cannot be carried out in the present state.</summary>
    public static RpcException Precondition(Rejection fault) =>
        Error(StatusCode.FailedPrecondition, fault.Message, new BadRequest { FieldViolations = { Violation(fault) } });

    /// <summary>A cap that waiting does not lift.</summary>
    public static RpcException LimitReached(Rejection fault) =>
        Error(StatusCode.ResourceExhausted, fault.Message, new BadRequest { FieldViolations = { Violation(fault) } });

    /// <summary>Something that does not exist.</summary>
    public static RpcException NotFound(string type, string name) =>
        Error(StatusCode.NotFound, $"There is no {type} '{name}'.", new ResourceInfo { ResourceType = type, ResourceName = name });

    /// <summary>An instant before the newest folded event.</summary>
    public static RpcException TooEarly(long newestEventAtMs)
    {
        var newest = TimestampMapping.From(newestEventAtMs);
        var info = new ErrorInfo { Reason = "AS_OF_TOO_EARLY", Domain = Domain };
        info.Metadata.Add("newest_event_at", JsonFormatter.Default.Format(newest).Trim('"'));
        return Error(StatusCode.OutOfRange, "as_of lies before the newest event; states of the past are not kept.", info);
    }

    /// <summary>A version that is not the current one.</summary>
    public static RpcException VersionConflict(long currentVersion)
    {
        var info = new ErrorInfo { Reason = "VERSION_CONFLICT", Domain = Domain };
        info.Metadata.Add("current_version", currentVersion.ToString(System.Globalization.CultureInfo.InvariantCulture));
        return Error(StatusCode.Aborted, $"The current version is {currentVersion}: read the course again.", info);
    }

    /// <summary>The server ends a stream; the client continues on a new one.</summary>
    public static RpcException GoingAway(TimeSpan retryAfter) =>
        Error(StatusCode.Unavailable, "The server ends this stream: connect again, and resend or resume what was not answered.", Retry(retryAfter));

    /// <summary>The store or a silo cannot be reached; whether anything was applied is not known.</summary>
    public static RpcException Unavailable(TimeSpan retryAfter) =>
        Error(StatusCode.Unavailable, "The service cannot reach its store or one of its servers: retry.", Retry(retryAfter));

    /// <summary>Too much work is waiting.</summary>
    public static RpcException Busy(TimeSpan retryAfter) =>
        Error(StatusCode.ResourceExhausted, "The service has too much to do: retry later.", Retry(retryAfter));

    /// <summary>A message over the receive limit: waiting does not help.</summary>
    public static RpcException TooLarge(int bytesMax) => LimitReached(
        new(RejectionReason.LimitExceeded, "", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Send at most {bytesMax} bytes in one message.")));

    /// <summary>A bug, findable in the log by its id.</summary>
    public static RpcException Internal(string correlationId)
    {
        var info = new ErrorInfo { Reason = "INTERNAL", Domain = Domain };
        info.Metadata.Add("correlation_id", correlationId);
        return Error(StatusCode.Internal, $"Something went wrong; the server's log has it under {correlationId}.", info);
    }

    /// <summary>Whether an exception says that too much waits already.</summary>
    public static bool IsBusy(Exception exception) => exception is GatewayTooBusyException or LimitExceededException or LearnerBusyException || IsFallbackOf(exception, nameof(LearnerBusyException));

    /// <summary>Whether an exception says that the store or a silo could not be reached, so that asking again may help.</summary>
    public static bool IsTransient(Exception exception) => exception
        is TimeoutException or StoreUnavailableException or OrleansException or OperationCanceledException
        || IsFallbackOf(exception, nameof(StoreUnavailableException));

    // What an exception of another silo becomes when its type cannot be made here.
    private static bool IsFallbackOf(Exception exception, string typeName) =>
        exception is UnavailableExceptionFallbackException { ExceptionType: { } type } && type.Contains(typeName, StringComparison.Ordinal);

    private static RetryInfo Retry(TimeSpan after) => new() { RetryDelay = Duration.FromTimeSpan(after) };

    private static BadRequest.Types.FieldViolation Violation(Rejection fault) =>
        new() { Field = fault.Field, Description = fault.Message, Reason = ReasonOf(fault.Reason) };

    private static string ReasonOf(RejectionReason reason) => reason switch
    {
        RejectionReason.MissingField => "MISSING_FIELD",
        RejectionReason.TooLate => "TOO_LATE",
        RejectionReason.InTheFuture => "IN_THE_FUTURE",
        RejectionReason.UnknownCourse => "UNKNOWN_COURSE",
        RejectionReason.LimitExceeded => "LIMIT_EXCEEDED",
        RejectionReason.DraftCourseLimit => "DRAFT_COURSE_LIMIT",
        _ => "INVALID_FIELD",
    };

    private static RpcException Error(StatusCode code, string message, IMessage detail) =>
        new Status { Code = (int)code, Message = message, Details = { Any.Pack(detail) } }.ToRpcException();
}
