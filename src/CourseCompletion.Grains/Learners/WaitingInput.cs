using CourseCompletion.Grains.Abstractions.Learners;

namespace CourseCompletion.Grains.Learners;

/// <summary>Something that is to go into a learner's next append: a batch of events, a watermark reset, or the wish to have rows told again.</summary>
internal sealed class WaitingInput
{
    private TaskCompletionSource<RecordOutcome>? _outcome;

    public WaitingInput(EventBatch batch) => Batch = batch;

    public WaitingInput(string watermark) => Watermark = watermark;

    public WaitingInput(string[] courses) => Courses = courses;

    /// <summary>The events, or null.</summary>
    public EventBatch? Batch { get; }

    /// <summary>The source whose watermark is to be reset ("" for all), or null.</summary>
    public string? Watermark { get; }

    /// <summary>The keys of the courses to tell again.</summary>
    public string[] Courses { get; } = [];

    /// <summary>How much room it takes among what waits: its events, at least 1.</summary>
    public int Room => Math.Max(1, Batch?.Events.Length ?? 0);

    /// <summary>The outcome of each event, once decided.</summary>
    public EventOutcome[] Results { get; set; } = [];

    /// <summary>What to answer once it is durable.</summary>
    public RecordOutcome? Result { get; set; }

    /// <summary>The answer, for who waits behind another append.</summary>
    public Task<RecordOutcome> Outcome => (_outcome ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Answers who waits.</summary>
    public void Complete(RecordOutcome outcome) => _outcome?.TrySetResult(outcome);
}
