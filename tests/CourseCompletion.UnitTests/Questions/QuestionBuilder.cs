using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Questions;

/// <summary>Questions to start from.</summary>
internal static class QuestionBuilder
{
    public static readonly LearnerId Ana = new("ana");
    public static readonly LearnerId Ben = new("ben");
    public static readonly CampaignId[] Told = [new("answers")];
    public static readonly QuestionPolicy Policy = QuestionPolicy.Default;

    /// <summary>What Ana asks on Monday.</summary>
    public static QuestionState Asked(string requestId = "r1", long atMs = MondayMs, string text = "Why?", string learner = "ana") =>
        QuestionRules.Ask(new(learner), requestId, "lesson-1", text, atMs, Policy).State!;

    /// <summary>The same, answered by Ben an hour later.</summary>
    public static QuestionState Answered() => Asked().Answer(Ben, MondayMs + HourMs);

    public static QuestionState Answer(this QuestionState question, LearnerId learner, long atMs, string requestId = "r1") =>
        QuestionRules.Answer(question, learner, requestId, "Because.", Told, atMs, Policy).State!;
}
