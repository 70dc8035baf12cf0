using System.IO.Hashing;
using System.Text;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>How requests name what they make, and how they are recognised when they come again.</summary>
public static class QuestionIds
{
    /// <summary>The question that a request of a learner's asks.</summary>
    public static QuestionId OfQuestion(LearnerId asker, string requestId) => new(Hash($"question\n{asker.Value}\n{requestId}"));

    /// <summary>The answer that a request of a learner's gives.</summary>
    public static AnswerId OfAnswer(QuestionId question, LearnerId answerer, string requestId) => new(Hash($"answer\n{question}\n{answerer.Value}\n{requestId}"));

    /// <summary>What is remembered of a request that makes nothing with an id: a vote, an acceptance.</summary>
    public static ulong OfRequest(string call, LearnerId learner, string requestId) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{call}\n{learner.Value}\n{requestId}"));

    /// <summary>What a tally of votes remembers of a learner.</summary>
    public static ulong OfVoter(LearnerId learner) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(learner.Value));

    private static UInt128 Hash(string text) => XxHash128.HashToUInt128(Encoding.UTF8.GetBytes(text));
}
