using CourseCompletion.Domain.Campaigns.Gate;
using CourseCompletion.Domain.CheckIns;
using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Insights;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners.Preferences;
using CourseCompletion.Domain.LocalTime;
using CourseCompletion.Domain.Recommendations;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Learners;

/// <summary>The layout of a learner's snapshot: the whole folded state but the remembered identities.</summary>
public static class LearnerSnapshotCodec
{
    private const byte Format = 4;
    private const byte FormatWithoutNudges = 2;
    private const byte TracesAddition = 1;
    private const byte CommentsAddition = 2;
    private const byte InterestsAddition = 4;
    private const byte TasteAddition = 3;
    private const byte CompletionsAddition = 5;
    private const byte ContentmentAddition = 6;
    private const byte SearchesAddition = 7;

    /// <summary>Encodes a state.</summary>
    public static byte[] Encode(LearnerState state)
    {
        var to = new PayloadWriter(Math.Max(512, state.StateBytes));
        to.Byte(Format);
        to.UInt((ulong)state.Sequence);
        to.UInt((ulong)state.EventCount);
        to.Int(state.FirstEventAtMs);
        to.Int(state.LastEventAtMs);
        to.UInt((uint)state.StateBytes);
        to.UInt((uint)state.Sources.Count);
        foreach (var source in state.Sources)
        {
            WriteSource(to, source);
        }

        to.UInt((uint)state.Enrolments.Count);
        foreach (var enrolment in state.Enrolments)
        {
            EnrolmentCodec.Write(to, enrolment);
        }

        state.ActivityHours.Write(to);
        var hasPreferences = state.Preferences != LearnerPreferences.None || !state.AwaitsZone;
        to.Bool(hasPreferences);
        if (hasPreferences)
        {
            LearnerPreferencesCodec.Write(to, state.Preferences);
            state.Clock.Zones.Write(to);
        }

        to.Bool(state.Nudges is not null);
        if (state.Nudges is { } nudges)
        {
            NudgeLogCodec.Write(to, nudges);
        }

        // Additions: earlier releases leave them unread, and know a learner without them.
        if (LessonTracesCodec.HasAny(state))
        {
            to.Byte(TracesAddition);
            LessonTracesCodec.Write(to, state);
        }

        WriteComments(to, state);
        if (LearnerInterestsCodec.HasAny(state))
        {
            to.Byte(InterestsAddition);
            LearnerInterestsCodec.Write(to, state);
        }

        if (state.Taste is { } taste)
        {
            to.Byte(TasteAddition);
            LearnerTasteCodec.Write(to, taste);
            if (taste.Completions.Count > 0)
            {
                to.Byte(CompletionsAddition);
                LearnerTasteCodec.WriteCompletions(to, taste);
            }
        }

        // After all that earlier releases read: they stop at the first addition that they do not know.
        WriteContentment(to, state);
        WriteSearches(to, state);
        return to.Finish();
    }

    /// <summary>Decodes a state.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static LearnerState Decode(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "learner snapshot");
        var format = from.Byte();
        if (format is 0 or > Format)
        {
            throw new StoreCorruptException("A learner snapshot has a format that this release does not know: run the release that wrote it, or a newer one.");
        }

        var state = new LearnerState
        {
            Sequence = (long)from.UInt(),
            EventCount = (long)from.UInt(),
            FirstEventAtMs = from.Int(),
            LastEventAtMs = from.Int(),
            StateBytes = (int)from.UInt(),
        };
        for (var left = from.Count(); left > 0; left--)
        {
            state.Sources.Add(ReadSource(ref from));
            foreach (var day in state.Sources[^1].Days)
            {
                state.RememberedIds += day.Count;
            }
        }

        for (var left = from.Count(); left > 0; left--)
        {
            state.Enrolments.Add(EnrolmentCodec.Read(ref from, format));

            // What an enrolment may take has grown since the first format.
            state.StateBytes += format == 1 ? LearnerCaps.ContactBytes + LearnerCaps.BandBytes : 0;
            state.StateBytes += format <= FormatWithoutNudges ? LearnerCaps.CheckInBytes + CheckInRules.SizeOf(state.Enrolments[^1].CheckIns) : 0;
        }

        if (format > FormatWithoutNudges)
        {
            state.ActivityHours = ActivityHours.Read(ref from);
            if (from.Bool())
            {
                var preferences = LearnerPreferencesCodec.Read(ref from, format);
                var zones = LearnerZones.Read(ref from);
                state.RestorePreferences(preferences, zones.Changes.Count == 1 ? LearnerZones.Shared(zones.ZoneAt(0)) : zones);
            }

            state.Nudges = from.Bool() ? NudgeLogCodec.Read(ref from, format) : null;
        }

        ReadAdditions(ref from, state);

        return state;
    }

    /// <summary>The sequence of an encoded state, its checksum verified.</summary>
    /// <exception cref="StoreCorruptException">The bytes are damaged or of a newer release.</exception>
    public static long SequenceOf(ReadOnlySpan<byte> payload)
    {
        var from = PayloadReader.Open(payload, "learner snapshot");
        return from.Byte() is > 0 and <= Format
            ? (long)from.UInt()
            : throw new StoreCorruptException("A learner snapshot has a format that this release does not know.");
    }

    private static void WriteComments(PayloadWriter to, LearnerState state)
    {
        for (var i = 0; i < state.Enrolments.Count; i++)
        {
            if (state.Enrolments[i].Comments is { } comments)
            {
                to.Byte(CommentsAddition);
                to.UInt((uint)i);
                comments.Write(to);
            }
        }
    }

    private static void WriteContentment(PayloadWriter to, LearnerState state)
    {
        for (var i = 0; i < state.Enrolments.Count; i++)
        {
            if (state.Enrolments[i].Comments is { Lessons.Count: > 0 } comments)
            {
                to.Byte(ContentmentAddition);
                to.UInt((uint)i);
                comments.WriteContentment(to);
            }
        }
    }

    private static void WriteSearches(PayloadWriter to, LearnerState state)
    {
        if (state.Searches.Count > 0)
        {
            to.Byte(SearchesAddition);
            to.UInt((uint)state.Searches.Count);
            foreach (var search in state.Searches)
            {
                search.Write(to);
            }
        }
    }

    private static void ReadSearches(ref PayloadReader from, LearnerState state)
    {
        for (var left = from.Count(); left > 0; left--)
        {
            state.Searches.Add(SearchedQuery.Read(ref from));
        }
    }

    private static void ReadAdditions(ref PayloadReader from, LearnerState state)
    {
        while (!from.IsAtEnd)
        {
            switch (from.Byte())
            {
                case TracesAddition:
                    LessonTracesCodec.Read(ref from, state);
                    break;
                case CommentsAddition:
                    state.Enrolments[(int)from.UInt()].Comments = EnrolmentComments.Read(ref from);
                    break;
                case ContentmentAddition:
                    state.Enrolments[(int)from.UInt()].Comments!.ReadContentment(ref from);
                    break;
                case InterestsAddition:
                    LearnerInterestsCodec.Read(ref from, state);
                    break;
                case SearchesAddition:
                    ReadSearches(ref from, state);
                    break;
                case TasteAddition:
                    state.Taste = LearnerTasteCodec.Read(ref from);
                    break;
                case CompletionsAddition:
                    LearnerTasteCodec.ReadCompletions(ref from, state.Taste ??= new());
                    break;
                default:
                    return;
            }
        }
    }

    private static void WriteSource(PayloadWriter to, SourceState source)
    {
        to.Text(source.Name);
        to.Int(source.NewestAtMs);
        to.Int(source.FloorDay);
        to.UInt((uint)source.Days.Count);
        foreach (var day in source.Days)
        {
            to.UInt((uint)day.Day);
            to.UInt((uint)day.Count);
        }
    }

    private static SourceState ReadSource(ref PayloadReader from)
    {
        var source = new SourceState(from.Text()) { NewestAtMs = from.Int(), FloorDay = (int)from.Int() };
        for (var left = from.Count(); left > 0; left--)
        {
            source.Days.Add(new DedupeDay((int)from.UInt(), (int)from.UInt()));
        }

        return source;
    }
}
