using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Questions;
using CsCheck;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;
using static CourseCompletion.UnitTests.Questions.QuestionBuilder;

namespace CourseCompletion.UnitTests.Questions;

public sealed class QuestionRulesTests
{
    private static readonly LearnerId[] _learners = [Ana, Ben, new("cho"), new("dan")];

    // What learners do, by number: who, what, to which answer.
    private static readonly Gen<(int Learner, int Call, int Answer)[]> _calls = Gen.Select(Gen.Int[0, 3], Gen.Int[0, 4], Gen.Int[0, 5]).Array[0, 60];

    [Fact]
    public void Apply_AnyCalls_CountVotesOnceAndAcceptOwnAnswers() => _calls.Sample(calls =>
    {
        var question = Asked();
        var votes = new Dictionary<(int Learner, AnswerId? Target), QuestionVote>();
        for (var i = 0; i < calls.Length; i++)
        {
            if (Call(question, calls[i], i).State is not { } next)
            {
                continue;
            }

            if (calls[i].Call >= 2)
            {
                votes[(calls[i].Learner, TargetOf(question, calls[i].Answer))] = VoteOf(calls[i].Call);
            }

            question = next;
        }

        Assert.True(question.Accepted is null || question.Find(question.Accepted.Value) is not null);
        AssertCounted(question.Votes, null);
        Assert.All(question.Answers, answer => AssertCounted(answer.Votes, answer.Id));

        void AssertCounted(VoteTally tally, AnswerId? target) => Assert.Equal(
            (votes.Count(vote => vote.Key.Target == target && vote.Value == QuestionVote.Up), votes.Count(vote => vote.Key.Target == target && vote.Value == QuestionVote.Down)),
            (tally.Ups, tally.Downs));
    });

    [Fact]
    public void Apply_CallsSentAgainInAnyOrder_ChangeNothing() => _calls.SelectMany(calls => Gen.Shuffle(Enumerable.Range(0, calls.Length).ToArray()).Select(order => (calls, order))).Sample(
        (calls, order) =>
        {
            var question = Asked();
            var accepted = new Dictionary<int, QuestionState>();
            for (var i = 0; i < calls.Length; i++)
            {
                if (Call(question, calls[i], i).State is { } next)
                {
                    accepted[i] = question;
                    question = next;
                }
            }

            foreach (var i in order.Where(accepted.ContainsKey))
            {
                // A call names what it acted on then, as its retry does.
                Assert.Same(question, Call(question, calls[i], i, accepted[i]).State);
            }
        });

    [Fact]
    public void Answer_BySomebodyElse_RemindsTheAsker()
    {
        var question = Answered();

        Assert.True(question.IsAnswered);
        Assert.Equal(
            [QuestionEffectKind.RecordAsked, QuestionEffectKind.RecordAnswered, QuestionEffectKind.OfferAnswered], question.Pending.Select(effect => effect.Kind));
        Assert.Equal(Ana, question.Pending[^1].Learner);
    }

    [Fact]
    public void Answer_ByTheAsker_RemindsNobodyAndLeavesItOpen()
    {
        var question = Asked().Answer(Ana, MondayMs + HourMs);

        Assert.False(question.IsAnswered);
        Assert.DoesNotContain(question.Pending, effect => effect.IsOffer);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(12, true)]
    public void Answer_AfterAnUnreadOne_RemindsAgainOnlyLater(int hoursLater, bool reminds)
    {
        var question = Answered().Answer(Ben, MondayMs + ((1 + hoursLater) * HourMs), "r2");

        Assert.Equal(reminds, question.Answers[1].IsReminded);
    }

    [Fact]
    public void Read_ByTheAsker_ClosesReminders()
    {
        var answered = Answered();
        var told = QuestionRules.Acknowledge(answered, answered.Pending.ToHashSet());

        var read = QuestionRules.Read(told, Ana, Told);

        var offer = answered.Pending[^1];
        Assert.Equal([offer with { Kind = QuestionEffectKind.CloseAnswered }], read.Pending);
        Assert.Equal((false, true, true), (QuestionRules.IsDone(answered, offer), QuestionRules.IsDone(read, offer), QuestionRules.IsDone(read, read.Pending[0])));
        Assert.Same(read, QuestionRules.Read(read, Ana, Told));
        Assert.Same(told, QuestionRules.Read(told, Ben, Told));
        Assert.True(read.Answer(Ben, MondayMs + HourMs, "r2").Answers[1].IsReminded);
    }

    [Fact]
    public void Accept_ByAnother_NamesTheLearner()
    {
        var question = Answered();

        Assert.Equal("learner_id", QuestionRules.Accept(question, Ben, "r9", question.Answers[0].Id, MondayMs, Policy).Fault!.Field);
        Assert.Equal("answer_id", QuestionRules.Accept(question, Ana, "r9", default, MondayMs, Policy).Fault!.Field);
    }

    [Theory]
    [InlineData("", "r", "lesson", "text", "learner_id")]
    [InlineData("ana", "", "lesson", "text", "request_id")]
    [InlineData("ana", "r", "\u0001", "text", "lesson_id")]
    [InlineData("ana", "r", "", "", "text")]
    public void Ask_Malformed_NamesTheField(string learner, string request, string lesson, string text, string field) =>
        Assert.Equal(field, QuestionRules.Ask(new(learner), request, lesson, text, MondayMs, Policy).Fault!.Field);

    [Fact]
    public void Ask_LongestTexts_AreTaken()
    {
        Assert.Null(QuestionRules.Ask(Ana, new('r', 120), "", new('x', 4_096), MondayMs, Policy).Fault);
        Assert.Equal("request_id", QuestionRules.Ask(Ana, new('r', 121), "", "text", MondayMs, Policy).Fault!.Field);
        Assert.Equal("text", QuestionRules.Ask(Ana, "r", "", new('é', 2_049), MondayMs, Policy).Fault!.Field);
    }

    [Fact]
    public void Answer_OneTooMany_IsRefused()
    {
        var question = Enumerable.Range(0, Policy.AnswersMax).Aggregate(Asked(), (asked, i) => asked.Answer(Ben, MondayMs + i, $"r{i}"));

        Assert.Equal(RejectionReason.LimitExceeded, QuestionRules.Answer(question, Ben, "more", "Because.", [], MondayMs, Policy).Fault!.Reason);
        Assert.Same(question, question.Answer(Ben, MondayMs, "r0"));
    }

    [Fact]
    public void IsDue_UnansweredAtTheDeadline_IsDueOnce()
    {
        var dueAtMs = MondayMs + (12 * HourMs);
        var question = Asked();

        Assert.False(QuestionRules.IsDue(question, dueAtMs - 1, Policy));
        Assert.True(QuestionRules.IsDue(question, dueAtMs, Policy));
        Assert.False(QuestionRules.IsDue(Answered(), dueAtMs, Policy));
        var asked = QuestionRules.AskLikely(question, [Ben], Told, dueAtMs, Policy);
        Assert.False(QuestionRules.IsDue(asked, dueAtMs, Policy));
        Assert.Equal((QuestionEffectKind.OfferLikely, Ben, dueAtMs), (asked.Pending[^1].Kind, asked.Pending[^1].Learner, asked.Pending[^1].AtMs));
        Assert.True(QuestionRules.IsDone(asked.Answer(Ben, dueAtMs), asked.Pending[^1]));
    }

    private static QuestionDecision Call(QuestionState question, (int Learner, int Call, int Answer) call, int number, QuestionState? seen = null)
    {
        var (learner, request, atMs) = (_learners[call.Learner], $"r{number}", MondayMs + number);
        var target = TargetOf(seen ?? question, call.Answer);
        return call.Call switch
        {
            0 => QuestionRules.Answer(question, learner, request, "Because.", Told, atMs, Policy),
            1 => QuestionRules.Accept(question, learner, request, target ?? default, atMs, Policy),
            _ => QuestionRules.Vote(question, learner, request, target, VoteOf(call.Call), atMs, Policy),
        };
    }

    private static AnswerId? TargetOf(QuestionState question, int answer) => answer < question.Answers.Count ? question.Answers[answer].Id : null;

    private static QuestionVote VoteOf(int call) => (QuestionVote)(call - 1);
}
