using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;

namespace CourseCompletion.Domain.Recommendations;

/// <summary>How a learner's events and wishes become what recommendations go by.</summary>
public static class TasteRules
{
    /// <summary>What a recommendation's id begins with.</summary>
    public const string IdPrefix = "rec:";

    internal const int ShownBytes = 11;
    internal const int DismissedBytes = 9;

    /// <summary>Whether an event says that a course was shown as a recommendation, or that one was followed.</summary>
    public static bool IsRecommendation(LearnerEvent e) =>
        LearnerEventRules.IsPromotion(e.Kind) && e.ObjectId is { } id && id.StartsWith(IdPrefix, StringComparison.Ordinal);

    /// <summary>The courses that a learner took, oldest first: enrolled in or active in, and never forgotten.</summary>
    public static List<CourseId> TakenBy(LearnerState state)
    {
        var taken = new List<CourseId>(state.Enrolments.Count);
        if (state.Taste is { Order.Count: > 0 } taste)
        {
            taken.AddRange(taste.Order.Select(place => state.Enrolments[place].Course));
            return taken;
        }

        foreach (var enrolment in state.Enrolments)
        {
            if (enrolment.IsEnrolled)
            {
                taken.Add(enrolment.Course);
            }
        }

        return taken;
    }

    /// <summary>The courses that a learner completed, in the order in which the engine found that out: the list only grows at its end.</summary>
    public static List<CourseId> CompletedBy(LearnerState state)
    {
        var places = state.Taste is { Completions.Count: > 0 } taste ? taste.Completions : CompletedByTime(state);
        return places.ConvertAll(place => state.Enrolments[place].Course);
    }

    /// <summary>The hashes of all courses that a learner dismissed, or that were shown often enough to rest.</summary>
    public static IEnumerable<ulong> NotWantedBy(LearnerState state, long nowMs, RecommendationPolicy policy)
    {
        if (state.Taste is not { } taste)
        {
            yield break;
        }

        foreach (var dismissed in taste.Dismissed)
        {
            yield return dismissed.CourseHash;
        }

        foreach (var shown in taste.Shown)
        {
            if (shown.Count >= policy.ShownMax && nowMs < shown.SinceMs + (policy.ShownWithinDays * LearnerTime.DayMs))
            {
                yield return HashOf(state.Enrolments[shown.Enrolment].Course);
            }
        }
    }

    /// <summary>The hash by which courses are excluded and dismissals kept.</summary>
    public static ulong HashOf(CourseId course) => KeyHash.Of(course.Value);

    /// <summary>Why a learner does not want a course recommended.</summary>
    public static DismissalReason DismissalOf(LearnerState state, CourseId course) =>
        state.Taste is { } taste && PlaceOf(taste, HashOf(course)) is var place and >= 0 ? taste.Dismissed[place].Reason : DismissalReason.None;

    /// <summary>Whether there is room for one more dismissal.</summary>
    public static bool HasRoomFor(LearnerState state, CourseDismissal dismissal, LearnerPolicy policy) =>
        dismissal.Reason == DismissalReason.None
        || state.StateBytes + DismissedBytes <= policy.StateBytesMax
        || DismissalOf(state, dismissal.Course) != DismissalReason.None;

    /// <summary>Folds a dismissal, or its being taken back; tells whether it changed anything.</summary>
    public static bool Fold(LearnerState state, CourseDismissal dismissal, RecommendationPolicy policy)
    {
        if (DismissalOf(state, dismissal.Course) == dismissal.Reason)
        {
            return false;
        }

        var taste = state.Taste ??= new();
        var hash = HashOf(dismissal.Course);
        if (PlaceOf(taste, hash) is var place and >= 0)
        {
            Remove(state, taste, place);
        }

        if (dismissal.Reason != DismissalReason.None)
        {
            if (taste.Dismissed.Count >= policy.DismissalsMax)
            {
                Remove(state, taste, 0);
            }

            taste.Dismissed.Add(new(hash, dismissal.Reason));
            state.StateBytes += DismissedBytes;
        }

        return true;
    }

    /// <summary>Notes that a course came to be taken with the frame that is being folded.</summary>
    internal static void NoteTaken(LearnerState state, EnrolmentState enrolment)
    {
        state.TookAtSequence = state.Sequence + 1;
        var place = PlaceOf(state, enrolment);
        if (state.Taste is { Order.Count: > 0 } ordered)
        {
            ordered.Order.Add(place);
            return;
        }

        // While the courses are taken in the order of the enrolments, nothing has to be remembered.
        for (var later = place + 1; later < state.Enrolments.Count; later++)
        {
            if (state.Enrolments[later].IsEnrolled)
            {
                var taste = state.Taste ??= new();
                for (byte i = 0; i < state.Enrolments.Count; i++)
                {
                    if (i != place && state.Enrolments[i].IsEnrolled)
                    {
                        taste.Order.Add(i);
                    }
                }

                taste.Order.Add(place);
                return;
            }
        }
    }

    /// <summary>Notes that a course came to be completed with the frame that is being concluded; its time is set.</summary>
    internal static void NoteCompleted(LearnerState state, EnrolmentState enrolment)
    {
        state.TookAtSequence = state.Sequence + 1;
        var place = PlaceOf(state, enrolment);
        if (state.Taste is { Completions.Count: > 0 } ordered)
        {
            ordered.Completions.Add(place);
            return;
        }

        // While completions come in the order of their times, nothing has to be remembered. A clock that was set back breaks it, and so do two frames within a millisecond.
        var places = CompletedByTime(state);
        if (places[^1] != place)
        {
            places.Remove(place);
            (state.Taste ??= new()).Completions.AddRange([.. places, place]);
        }
    }

    /// <summary>By how many bytes an event makes the state grow because a recommendation was shown or followed; never more than that.</summary>
    internal static int BytesAdded(LearnerState state, EnrolmentState? enrolment, LearnerEvent e) =>
        !IsRecommendation(e) ? 0
        : (ShownPlaceOf(state, enrolment) >= 0, e.Kind) switch
        {
            (true, EventKind.PromotionClicked) => -ShownBytes,
            (false, EventKind.PromotionShown) => ShownBytes,
            _ => 0,
        };

    /// <summary>Folds that a recommendation was shown or followed; tells by how many bytes the state grew.</summary>
    internal static int Fold(LearnerState state, EnrolmentState enrolment, LearnerEvent e, RecommendationPolicy policy)
    {
        if (!IsRecommendation(e))
        {
            return 0;
        }

        var place = ShownPlaceOf(state, enrolment);
        if (e.Kind == EventKind.PromotionClicked)
        {
            if (place < 0)
            {
                return 0;
            }

            state.Taste!.Shown.RemoveAt(place);
            return -ShownBytes;
        }

        if (place < 0)
        {
            (state.Taste ??= new()).Shown.Add(new(PlaceOf(state, enrolment), 1, e.OccurredAtMs));
            return ShownBytes;
        }

        var shown = state.Taste!.Shown[place];
        var withinMs = policy.ShownWithinDays * LearnerTime.DayMs;
        if (e.OccurredAtMs <= shown.SinceMs - withinMs)
        {
            return 0;
        }

        state.Taste.Shown[place] = e.OccurredAtMs < shown.SinceMs + withinMs
            ? shown with { Count = (byte)Math.Min(byte.MaxValue, shown.Count + 1) }
            : shown with { Count = 1, SinceMs = e.OccurredAtMs };
        return 0;
    }

    private static List<byte> CompletedByTime(LearnerState state)
    {
        var places = new List<byte>();
        for (byte place = 0; place < state.Enrolments.Count; place++)
        {
            if (state.Enrolments[place].CompletedAtMs != 0)
            {
                places.Add(place);
            }
        }

        return [.. places.OrderBy(place => state.Enrolments[place].CompletedAtMs).ThenBy(place => place)];
    }

    private static void Remove(LearnerState state, LearnerTaste taste, int place)
    {
        taste.Dismissed.RemoveAt(place);
        state.StateBytes -= DismissedBytes;
    }

    private static int PlaceOf(LearnerTaste taste, ulong courseHash) => taste.Dismissed.FindIndex(dismissed => dismissed.CourseHash == courseHash);

    private static int ShownPlaceOf(LearnerState state, EnrolmentState? enrolment)
    {
        if (enrolment is null || state.Taste is not { Shown.Count: > 0 } taste)
        {
            return -1;
        }

        var place = PlaceOf(state, enrolment);
        return taste.Shown.FindIndex(shown => shown.Enrolment == place);
    }

    private static byte PlaceOf(LearnerState state, EnrolmentState enrolment)
    {
        byte place = 0;
        while (!ReferenceEquals(state.Enrolments[place], enrolment))
        {
            place++;
        }

        return place;
    }
}

/// <summary>A learner's wish not to have a course recommended, or to have it recommended again.</summary>
/// <param name="Course">The course.</param>
/// <param name="Reason">Why not; <see cref="DismissalReason.None"/> takes the wish back.</param>
public readonly record struct CourseDismissal(CourseId Course, DismissalReason Reason);
