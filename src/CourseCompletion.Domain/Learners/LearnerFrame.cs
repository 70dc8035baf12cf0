using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Completion.Bands;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>One entry of a learner's journal: the inputs that were accepted together and what was concluded from them.</summary>
/// <param name="Sequence">Its place in the journal, from 1.</param>
/// <param name="RecordedAtMs">When it was decided.</param>
/// <param name="PolicyVersion">The <see cref="LearnerPolicy"/> it was decided under.</param>
/// <param name="ModelVersion">The model that scored it.</param>
/// <param name="Events">The events, in the order in which they were folded.</param>
/// <param name="WatermarkReset">The source whose watermark was reset ("" for all), or null.</param>
/// <param name="Conclusions">One per enrolment touched.</param>
public sealed record LearnerFrame(
    long Sequence,
    long RecordedAtMs,
    int PolicyVersion,
    string ModelVersion,
    IReadOnlyList<LearnerEvent> Events,
    string? WatermarkReset,
    IReadOnlyList<EnrolmentConclusion> Conclusions)
{
    private const byte Format = 4;
    private const byte FormatWithoutZones = 3;
    private const byte FormatWithoutNudges = 2;
    private const byte FormatWithoutBands = 1;
    private const byte NotesAddition = 1;
    private const byte CorrectionsAddition = 3;
    private const byte DismissalsAddition = 2;
    private const byte OpinionsAddition = 4;
    private const byte SearchesAddition = 5;
    private const byte CompletesFlag = 1;
    private const int BandShift = 1;

    /// <summary>The zone of a course that was assumed for the learner, before the events; "" when none was.</summary>
    public string AssumedZone { get; init; } = "";

    /// <summary>What was decided and heard about nudges.</summary>
    public FrameNudges Nudges { get; init; } = FrameNudges.None;

    /// <summary>What the learner said about interests, in its order.</summary>
    public IReadOnlyList<InterestCorrection> Corrections { get; init; } = [];

    /// <summary>What the learner searched for, in its order.</summary>
    public IReadOnlyList<LearnerSearch> Searches { get; init; } = [];

    /// <summary>Courses that are not to be recommended any more, or again.</summary>
    public IReadOnlyList<CourseDismissal> Dismissals { get; init; } = [];

    /// <summary>What a second reader made of comments of earlier frames; folded last.</summary>
    public IReadOnlyList<CommentOpinion> Opinions { get; init; } = [];

    /// <summary>Encodes the frame.</summary>
    /// <param name="to">A writer to reuse; cleared first.</param>
    public byte[] Encode(PayloadWriter to)
    {
        to.Clear();
        to.Byte(Format);
        to.UInt((ulong)Sequence);
        to.Int(RecordedAtMs);
        to.UInt((uint)PolicyVersion);
        to.Text(ModelVersion);
        to.UInt((uint)Events.Count);
        for (var i = 0; i < Events.Count; i++)
        {
            LearnerEventCodec.Write(to, Events[i]);
        }

        to.Bool(WatermarkReset is not null);
        if (WatermarkReset is not null)
        {
            to.Text(WatermarkReset);
        }

        to.UInt((uint)Conclusions.Count);
        for (var i = 0; i < Conclusions.Count; i++)
        {
            var conclusion = Conclusions[i];
            to.Text(conclusion.Course.Value);
            to.UInt((ulong)conclusion.DefinitionVersion);
            to.Float(conclusion.Probability);
            to.Byte((byte)((conclusion.Completes ? CompletesFlag : 0) | ((int)conclusion.Band << BandShift)));
        }

        FrameNudgesCodec.Write(to, Nudges);
        to.Text(AssumedZone);

        // Additions: earlier releases leave them unread, and know a frame without them.
        WriteNotes(to);
        WriteCorrections(to);
        if (Dismissals.Count > 0)
        {
            to.Byte(DismissalsAddition);
            LearnerTasteCodec.Write(to, Dismissals);
        }

        WriteOpinions(to);
        WriteSearches(to);
        return to.Finish();
    }

    /// <summary>Decodes a frame.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static LearnerFrame Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "journal frame");
        var format = from.Byte();
        if (format is < FormatWithoutBands or > Format)
        {
            throw new StoreCorruptException("A journal frame has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var sequence = (long)from.UInt();
        var recordedAtMs = from.Int();
        var policyVersion = (int)from.UInt();
        var modelVersion = from.Text();
        var events = new LearnerEvent[from.Count()];
        for (var i = 0; i < events.Length; i++)
        {
            events[i] = LearnerEventCodec.Read(ref from);
            if (events[i].Kind is EventKind.Unspecified or > LearnerEventRules.NewestKind || events[i].Family > ActivityFamily.Other)
            {
                // Only here: between silos such an event still travels, to be rejected by itself and not with its whole batch.
                throw new StoreCorruptException("A stored event is of a kind that this release does not know: run the release that wrote it, or a newer one.");
            }
        }

        var reset = from.Bool() ? from.Text() : null;
        var conclusions = new EnrolmentConclusion[from.Count()];
        for (var i = 0; i < conclusions.Length; i++)
        {
            var (course, definitionVersion, probability, flags) = (new CourseId(from.Text()), (long)from.UInt(), from.Float(), from.Byte());
            conclusions[i] = new(course, definitionVersion, probability, (flags & CompletesFlag) != 0, (CompletionBand)(flags >> BandShift));
        }

        var frame = new LearnerFrame(sequence, recordedAtMs, policyVersion, modelVersion, events, reset, conclusions)
        {
            Nudges = format > FormatWithoutNudges ? FrameNudgesCodec.Read(ref from, format) : FrameNudges.None,
            AssumedZone = format > FormatWithoutZones ? from.Text() : "",
        };
        return frame.WithAdditions(ref from, events);
    }

    /// <summary>Folds a frame read back from the journal: the same state, bit for bit, as when it was lived through.</summary>
    public void Replay(LearnerState state, LearnerPolicy policy)
    {
        if (Sequence != state.Sequence + 1)
        {
            throw new StoreCorruptException($"Journal frame {Sequence} does not follow {state.Sequence}.");
        }

        if (AssumedZone.Length > 0)
        {
            state.AssumeZone(AssumedZone);
        }

        foreach (var e in Events)
        {
            LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), policy);
        }

        if (WatermarkReset is not null)
        {
            LearnerRules.ResetWatermark(state, WatermarkReset.Length == 0 ? null : WatermarkReset, RecordedAtMs, policy);
        }

        Nudges.Fold(state, Sequence, RecordedAtMs);
        foreach (var correction in Corrections)
        {
            InterestCorrectionRules.Fold(state, correction);
        }

        foreach (var search in Searches)
        {
            SearchRules.Fold(state, search);
        }

        foreach (var dismissal in Dismissals)
        {
            TasteRules.Fold(state, dismissal, RecommendationPolicy.Default);
        }

        foreach (var opinion in Opinions)
        {
            CommentOpinionRules.Fold(state, opinion);
        }

        Conclude(state);
    }

    /// <summary>Takes over the frame's conclusions and its sequence: the last step of living through it, and of replaying it.</summary>
    public void Conclude(LearnerState state)
    {
        foreach (var conclusion in Conclusions)
        {
            var enrolment = state.FindEnrolment(conclusion.Course)
                ?? throw new StoreCorruptException($"Journal frame {Sequence} concludes for a course that no event touched.");
            var wasCompleted = enrolment.CompletedAtMs != 0;
            if (conclusion.Completes && !wasCompleted && state.Nudges is { } nudges)
            {
                NudgeRules.NoteCompletion(nudges, conclusion.Course, Sequence);
            }

            LearnerRules.Conclude(enrolment, conclusion, RecordedAtMs);
            if (!wasCompleted && enrolment.CompletedAtMs != 0)
            {
                TasteRules.NoteCompleted(state, enrolment);
            }

            enrolment.ChangedAtSequence = Sequence;
        }

        state.Sequence = Sequence;
    }

    private LearnerFrame WithAdditions(ref PayloadReader from, LearnerEvent[] events)
    {
        var frame = this;
        while (!from.IsAtEnd)
        {
            switch (from.Byte())
            {
                case NotesAddition:
                    ReadNotes(ref from, events);
                    break;
                case CorrectionsAddition:
                    frame = frame with { Corrections = ReadCorrections(ref from) };
                    break;
                case DismissalsAddition:
                    frame = frame with { Dismissals = LearnerTasteCodec.ReadDismissals(ref from) };
                    break;
                case SearchesAddition:
                    frame = frame with { Searches = ReadSearches(ref from) };
                    break;
                case OpinionsAddition:
                    frame = frame with { Opinions = ReadOpinions(ref from) };
                    break;
                default:
                    return frame;
            }
        }

        return frame;
    }

    private void WriteNotes(PayloadWriter to)
    {
        var count = 0;
        for (var i = 0; i < Events.Count; i++)
        {
            count += Events[i].Note is null ? 0 : 1;
        }

        if (count == 0)
        {
            return;
        }

        to.Byte(NotesAddition);
        to.UInt((uint)count);
        for (var i = 0; i < Events.Count; i++)
        {
            if (Events[i].Note is { } note)
            {
                to.UInt((uint)i);
                note.Write(to);
            }
        }
    }

    private void WriteCorrections(PayloadWriter to)
    {
        if (Corrections.Count == 0)
        {
            return;
        }

        to.Byte(CorrectionsAddition);
        to.UInt((uint)Corrections.Count);
        foreach (var correction in Corrections)
        {
            correction.Write(to);
        }
    }

    private void WriteOpinions(PayloadWriter to)
    {
        if (Opinions.Count == 0)
        {
            return;
        }

        to.Byte(OpinionsAddition);
        to.UInt((uint)Opinions.Count);
        foreach (var opinion in Opinions)
        {
            opinion.Write(to);
        }
    }

    private void WriteSearches(PayloadWriter to)
    {
        if (Searches.Count == 0)
        {
            return;
        }

        to.Byte(SearchesAddition);
        to.UInt((uint)Searches.Count);
        foreach (var search in Searches)
        {
            search.Write(to);
        }
    }

    private static LearnerSearch[] ReadSearches(ref PayloadReader from)
    {
        var searches = new LearnerSearch[from.Count()];
        foreach (ref var search in searches.AsSpan())
        {
            search = LearnerSearch.Read(ref from);
        }

        return searches;
    }

    private static CommentOpinion[] ReadOpinions(ref PayloadReader from)
    {
        var opinions = new CommentOpinion[from.Count()];
        foreach (ref var opinion in opinions.AsSpan())
        {
            opinion = CommentOpinion.Read(ref from);
        }

        return opinions;
    }

    private static InterestCorrection[] ReadCorrections(ref PayloadReader from)
    {
        var corrections = new InterestCorrection[from.Count()];
        foreach (ref var correction in corrections.AsSpan())
        {
            correction = InterestCorrection.Read(ref from);
        }

        return corrections;
    }

    private static void ReadNotes(ref PayloadReader from, LearnerEvent[] events)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            var at = (int)from.UInt();
            events[at] = events[at] with { Note = CommentNote.Read(ref from) };
        }
    }
}
