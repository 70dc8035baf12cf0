using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Questions;

/// <summary>The layout of a stored question with all that belongs to it.</summary>
public static class QuestionCodec
{
    private const byte Format = 1;

    /// <summary>Encodes a question.</summary>
    public static byte[] Encode(QuestionState question)
    {
        var to = new PayloadWriter(1_024);
        to.Byte(Format);
        to.Fixed128(question.Id.Value);
        to.Text(question.Asker.Value);
        to.Text(question.Lesson);
        to.Text(question.Text);
        to.Int(question.AskedAtMs);
        to.UInt((uint)question.AnswersRead);
        to.Int(question.LikelyAtMs);
        to.Int(question.OverdueAtMs);
        to.Int(question.ChangedAtMs);
        to.Int(question.Revision);
        to.Bool(question.Accepted is not null);
        to.Fixed128(question.Accepted.GetValueOrDefault().Value);
        WriteVotes(to, question.Votes);
        to.UInt((uint)question.Answers.Count);
        foreach (var answer in question.Answers)
        {
            to.Fixed128(answer.Id.Value);
            to.Text(answer.Learner.Value);
            to.Text(answer.Text);
            to.Int(answer.AtMs);
            to.Bool(answer.IsReminded);
            WriteVotes(to, answer.Votes);
        }

        to.UInt((uint)question.Requests.Count);
        foreach (var request in question.Requests)
        {
            to.Fixed64(request);
        }

        to.UInt((uint)question.Pending.Count);
        foreach (var effect in question.Pending)
        {
            to.Byte((byte)effect.Kind);
            to.Text(effect.Learner.Value);
            to.Int(effect.AtMs);
            to.Fixed128(effect.Answer.Value);
            to.Text(effect.Campaign.Value);
            to.Text(effect.RequestId);
        }

        return to.Finish();
    }

    /// <summary>Decodes a question.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static QuestionState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "question");
        if (from.Byte() != Format)
        {
            throw new StoreCorruptException("A question has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        // Members are read in the order written, which is the order of the layout.
        return new()
        {
            Id = new(from.Fixed128()),
            Asker = new(from.Text()),
            Lesson = from.Text(),
            Text = from.Text(),
            AskedAtMs = from.Int(),
            AnswersRead = (int)from.UInt(),
            LikelyAtMs = from.Int(),
            OverdueAtMs = from.Int(),
            ChangedAtMs = from.Int(),
            Revision = from.Int(),
            Accepted = ReadAccepted(ref from),
            Votes = ReadVotes(ref from),
            Answers = ReadAnswers(ref from),
            Requests = ReadRequests(ref from),
            Pending = ReadPending(ref from),
        };
    }

    private static void WriteVotes(PayloadWriter to, VoteTally votes)
    {
        to.UInt((uint)votes.Voters);
        foreach (var (voter, isUp) in votes.All)
        {
            to.Fixed64(voter);
            to.Bool(isUp);
        }
    }

    private static AnswerId? ReadAccepted(ref PayloadReader from)
    {
        var isAccepted = from.Bool();
        var answer = new AnswerId(from.Fixed128());
        return isAccepted ? answer : null;
    }

    private static VoteTally ReadVotes(ref PayloadReader from)
    {
        var votes = new KeyValuePair<ulong, bool>[from.Count()];
        for (var i = 0; i < votes.Length; i++)
        {
            votes[i] = new(from.Fixed64(), from.Bool());
        }

        return VoteTally.Of(votes);
    }

    private static AnswerState[] ReadAnswers(ref PayloadReader from)
    {
        var answers = new AnswerState[from.Count()];
        for (var i = 0; i < answers.Length; i++)
        {
            answers[i] = new()
            {
                Id = new(from.Fixed128()),
                Learner = new(from.Text()),
                Text = from.Text(),
                AtMs = from.Int(),
                IsReminded = from.Bool(),
                Votes = ReadVotes(ref from),
            };
        }

        return answers;
    }

    private static ulong[] ReadRequests(ref PayloadReader from)
    {
        var requests = new ulong[from.Count()];
        for (var i = 0; i < requests.Length; i++)
        {
            requests[i] = from.Fixed64();
        }

        return requests;
    }

    private static QuestionEffect[] ReadPending(ref PayloadReader from)
    {
        var pending = new QuestionEffect[from.Count()];
        for (var i = 0; i < pending.Length; i++)
        {
            pending[i] = new(
                (QuestionEffectKind)from.Byte(), new LearnerId(from.Text()), from.Int(), new(from.Fixed128()), new CampaignId(from.Text()), from.Text());
        }

        return pending;
    }
}
