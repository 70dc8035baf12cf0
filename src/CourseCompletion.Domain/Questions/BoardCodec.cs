using CourseCompletion.Domain.Campaigns;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Questions;

/// <summary>The layout of what a board stores besides its questions.</summary>
public static class BoardCodec
{
    private const byte Format = 2;

    // Sessions had no link and were reminded of an hour before, and who was reminded was not kept.
    private const byte FormatWithoutStages = 1;

    /// <summary>Encodes a board.</summary>
    public static byte[] Encode(BoardState board)
    {
        var to = new PayloadWriter(256 + (board.Questions.Count * 16));
        to.Byte(Format);
        to.Int(board.Revision);
        to.UInt((uint)board.Questions.Count);
        foreach (var question in board.Questions)
        {
            to.Fixed128(question.Value);
        }

        to.UInt((uint)board.Listeners.Count);
        foreach (var listener in board.Listeners)
        {
            to.Text(listener.Campaign.Value);
            to.Int(listener.Version);
            to.Byte((byte)listener.Occasions);
        }

        to.UInt((uint)board.Sessions.Count);
        foreach (var session in board.Sessions)
        {
            to.Text(session.Id);
            to.Text(session.Title);
            to.Int(session.StartsAtMs);
            to.Text(session.Link);
            to.Int(session.LeadMs);
            to.Byte((byte)session.Stage);
            to.UInt((uint)session.Reminded.Count);
            foreach (var asker in session.Reminded)
            {
                to.Text(asker.Learner.Value);
                to.Fixed64(asker.Cluster.Value);
            }
        }

        return to.Finish();
    }

    /// <summary>Decodes a board.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static BoardState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "question board");
        var format = from.Byte();
        if (format is not (Format or FormatWithoutStages))
        {
            throw new StoreCorruptException("A question board has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var revision = from.Int();
        var questions = new QuestionId[from.Count()];
        for (var i = 0; i < questions.Length; i++)
        {
            questions[i] = new(from.Fixed128());
        }

        var listeners = new QuestionListener[from.Count()];
        for (var i = 0; i < listeners.Length; i++)
        {
            listeners[i] = new(new CampaignId(from.Text()), from.Int(), (QuestionOccasions)from.Byte());
        }

        var sessions = new QuestionSession[from.Count()];
        for (var i = 0; i < sessions.Length; i++)
        {
            sessions[i] = ReadSession(ref from, format);
        }

        return new() { Revision = revision, Questions = questions, Listeners = listeners, Sessions = sessions };
    }

    private static QuestionSession ReadSession(ref PayloadReader from, byte format)
    {
        var session = new QuestionSession { Id = from.Text(), Title = from.Text(), StartsAtMs = from.Int() };
        if (format == FormatWithoutStages)
        {
            var isReminded = from.Int() > 0;
            return session with { Stage = isReminded ? SessionStage.Reminded : SessionStage.Scheduled };
        }

        session = session with { Link = from.Text(), LeadMs = from.Int(), Stage = (SessionStage)from.Byte() };
        var reminded = new SessionAsker[from.Count()];
        for (var i = 0; i < reminded.Length; i++)
        {
            reminded[i] = new(new LearnerId(from.Text()), new(from.Fixed64()));
        }

        return session with { Reminded = reminded };
    }
}
