namespace CourseCompletion.Domain.Completion.Explanations;

/// <summary>Why a probability is what it is: one ground of several features that say much the same.</summary>
/// <param name="Ground">The ground.</param>
/// <param name="Text">The ground in words, in English, with the learner's figure and the usual one.</param>
/// <param name="Contribution">By how much the probability is higher (above 0) or lower (below 0) than it would be if the ground contributed nothing, -1 to 1.</param>
public readonly record struct CompletionReason(ReasonGround Ground, string Text, float Contribution);

/// <summary>A change within reach, and what it would do to the probability.</summary>
/// <remarks>An association: learners who were like this finished more often. Only what a learner can do is changed.</remarks>
/// <param name="Text">What to do, in English.</param>
/// <param name="Before">The probability now.</param>
/// <param name="After">The probability of a learner who had done so; never below <paramref name="Before"/>.</param>
public readonly record struct CompletionStep(string Text, float Before, float After);

/// <summary>A probability with its grounds.</summary>
/// <param name="Reasons">The strongest grounds, strongest first; at most <see cref="CompletionExplainer.ReasonsMax"/>.</param>
/// <param name="NextStep">The smallest step that raises the probability noticeably, or the one that raises it most; null when none raises it.</param>
public sealed record CompletionExplanation(IReadOnlyList<CompletionReason> Reasons, CompletionStep? NextStep);

/// <summary>The grounds of a probability. The numbers are on the wire and never reused.</summary>
public enum ReasonGround : byte
{
    /// <summary>How long the learner has been silent, and how unusual that is.</summary>
    Silence = 1,

    /// <summary>On how many days the learner was active lately.</summary>
    Regularity = 2,

    /// <summary>How much the learner did.</summary>
    Volume = 3,

    /// <summary>How videos were watched.</summary>
    Video = 4,

    /// <summary>Work handed in, missing or late.</summary>
    Work = 5,

    /// <summary>Scores.</summary>
    Scores = 6,

    /// <summary>How far the learner got.</summary>
    Progress = 7,

    /// <summary>Questions, answers and comments.</summary>
    Discussion = 8,

    /// <summary>The learner's other courses.</summary>
    OtherCourses = 9,

    /// <summary>How far the course has gone, and when the learner enrolled.</summary>
    Time = 10,
}
