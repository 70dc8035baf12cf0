namespace CourseCompletion.Domain.Learners;

/// <summary>How identities are remembered: per source and day, within a horizon of event time and a cap.</summary>
public static class DedupeRules
{
    internal static void Remember(LearnerState state, LearnerEvent e, UInt128 identity, LearnerPolicy policy)
    {
        var source = state.FindSource(e.Source);
        if (source is null)
        {
            source = new SourceState(e.Source);
            state.Sources.Add(source);
            state.StateBytes += LearnerCaps.SourceBytes(e.Source);
        }

        var day = LearnerTime.DayOf(e.ProducedAtMs);
        DayFor(state, source, day).Remember(identity);
        if (e.ProducedAtMs > source.NewestAtMs)
        {
            source.NewestAtMs = e.ProducedAtMs;
            RaiseFloor(state, source, day - policy.DedupeHorizonDays);
        }

        state.RememberedIds++;
        while (state.RememberedIds > policy.DedupeIdsMax)
        {
            DropOldest(state);
        }
    }

    internal static void ResetWatermark(SourceState source, long nowMs, LearnerPolicy policy)
    {
        var today = LearnerTime.DayOf(nowMs);
        var oldestPast = source.Days.Count > 0 && source.Days[0].Day <= today ? source.Days[0].Day : today - policy.DedupeHorizonDays;
        source.FloorDay = Math.Max(0, Math.Min(source.FloorDay, oldestPast));
        source.NewestAtMs = Math.Min(source.NewestAtMs, nowMs);
    }

    /// <summary>The seal that moves all unsealed identities into their segments; null when there is nothing to seal.</summary>
    public static DedupeSeal? SealFor(LearnerKey learner, LearnerState state)
    {
        var segments = new List<KeyValuePair<DedupeSegmentId, UInt128[]>>();
        foreach (var source in state.Sources)
        {
            foreach (var day in source.Days)
            {
                if (day.Unsealed.Length > 0)
                {
                    segments.Add(new(new(source.Name, day.Day), [.. day.Unsealed]));
                }
            }
        }

        return segments.Count == 0 && state.DroppedSegments.Count == 0
            ? null
            : new DedupeSeal(learner, state.Sequence, segments, [.. state.DroppedSegments]);
    }

    /// <summary>Notes that a seal is durable; only each source's newest day stays in memory.</summary>
    public static void MarkSealed(LearnerState state)
    {
        state.DroppedSegments.Clear();
        foreach (var source in state.Sources)
        {
            foreach (var day in source.Days)
            {
                day.MarkSealed();
                if (day != source.Days[^1])
                {
                    day.Unload();
                }
            }
        }
    }

    private static DedupeDay DayFor(LearnerState state, SourceState source, int day)
    {
        if (source.FindDay(day) is { } known)
        {
            return known;
        }

        var added = new DedupeDay(day);
        var at = source.Days.Count;
        while (at > 0 && source.Days[at - 1].Day > day)
        {
            at--;
        }

        source.Days.Insert(at, added);
        state.StateBytes += LearnerCaps.DedupeDayBytes;

        // Begun again after a watermark reset: the next seal adds to its segment, and must not drop it too.
        state.DroppedSegments.Remove(new(source.Name, day));
        return added;
    }

    private static void RaiseFloor(LearnerState state, SourceState source, int floorDay)
    {
        if (floorDay <= source.FloorDay)
        {
            return;
        }

        source.FloorDay = floorDay;
        while (source.Days.Count > 0 && source.Days[0].Day < floorDay)
        {
            Drop(state, source);
        }
    }

    // The oldest day of all sources goes, and its source's floor rises above it.
    private static void DropOldest(LearnerState state)
    {
        SourceState? oldest = null;
        foreach (var source in state.Sources)
        {
            if (source.Days.Count > 0 && (oldest is null || source.Days[0].Day < oldest.Days[0].Day))
            {
                oldest = source;
            }
        }

        oldest!.FloorDay = Math.Max(oldest.FloorDay, oldest.Days[0].Day + 1);
        Drop(state, oldest);
    }

    private static void Drop(LearnerState state, SourceState source)
    {
        var day = source.Days[0];
        source.Days.RemoveAt(0);
        state.RememberedIds -= day.Count;
        state.StateBytes -= LearnerCaps.DedupeDayBytes;
        if (day.Count > day.Unsealed.Length)
        {
            state.DroppedSegments.Add(new(source.Name, day.Day));
        }
    }
}
