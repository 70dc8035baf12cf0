namespace CourseCompletion.Grains.Abstractions.Learners;

/// <summary>The answer to a read as of an instant.</summary>
/// <param name="Status">Whether there is a value.</param>
/// <param name="Value">The value, when <see cref="AnswerStatus.Found"/>.</param>
/// <param name="NewestEventAtMs">When <see cref="AnswerStatus.TooEarly"/>: the newest folded event, before which no state is kept.</param>
/// <param name="Version">Which state of the learner was read.</param>
[GenerateSerializer, Alias("cc.learner-answer`1"), Immutable]
public sealed record LearnerAnswer<T>(
    [property: Id(0)] AnswerStatus Status,
    [property: Id(1)] T? Value,
    [property: Id(2)] long NewestEventAtMs,
    [property: Id(3)] LearnerVersion Version = default)
    where T : class;

/// <summary>How a read ended.</summary>
[GenerateSerializer, Alias("cc.answer-status")]
public enum AnswerStatus : byte
{
    /// <summary>There is a value.</summary>
    Found = 0,

    /// <summary>Nothing is known of that learner or enrolment.</summary>
    NotFound = 1,

    /// <summary>The instant asked for lies before the newest folded event.</summary>
    TooEarly = 2,
}

/// <summary>Which state of a learner: it only grows.</summary>
/// <param name="Incarnation">The store's incarnation.</param>
/// <param name="Sequence">The journal sequence.</param>
[GenerateSerializer, Alias("cc.learner-version"), Immutable]
public readonly record struct LearnerVersion([property: Id(0)] long Incarnation, [property: Id(1)] long Sequence)
{
    /// <summary>Before everything.</summary>
    public static LearnerVersion None => default;
}
