using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Stores;

namespace CourseCompletion.Domain.Comments.Tones;

/// <summary>What learners rated, and who left, by how content they sound and what they wrote about. Exact, as all sums over a roster.</summary>
public sealed class ToneSums
{
    // All texts, then those about each aspect.
    private readonly ToneGroup[] _groups = new ToneGroup[(1 + CommentAspectSet.AspectCount) * CommentTones.Count];

    /// <summary>Of learners whose texts in the course have this tone on average.</summary>
    public ToneGroup Of(CommentTone tone) => _groups[(int)tone];

    /// <summary>Of learners whose texts about an aspect have this tone on average.</summary>
    public ToneGroup Of(CommentAspect aspect, CommentTone tone) => _groups[Place(aspect, tone)];

    /// <summary>Replaces what one learner contributes.</summary>
    internal void Replace(RosterRow? old, RosterRow? row)
    {
        var isSame = old is not null && row is not null
            && ReferenceEquals(old.Comments, row.Comments)
            && (old.Status, old.Ratings?.CourseMilli, old.Ratings?.RecommendMilli) == (row.Status, row.Ratings?.CourseMilli, row.Ratings?.RecommendMilli);
        if (!isSame)
        {
            Add(old, -1);
            Add(row, 1);
        }
    }

    internal void Merge(ToneSums other)
    {
        for (var i = 0; i < _groups.Length; i++)
        {
            _groups[i] = _groups[i].Plus(other._groups[i], 1);
        }
    }

    internal void Write(PayloadWriter to)
    {
        foreach (ref readonly var group in _groups.AsSpan())
        {
            group.Write(to);
        }
    }

    internal void Read(ref PayloadReader from)
    {
        foreach (ref var group in _groups.AsSpan())
        {
            group = ToneGroup.Read(ref from);
        }
    }

    private void Add(RosterRow? row, int times)
    {
        if (row?.Comments is not { } comments)
        {
            return;
        }

        var learner = ToneGroup.Of(row);
        Add(comments.Counts, comments.Reason is null ? null : comments.Reason.Note, 0);
        for (var i = 0; i < CommentAspectSet.AspectCount; i++)
        {
            var reason = comments.Reason is { Note: var note } && note.Aspects.Contains((CommentAspect)i) ? note : (CommentNote?)null;
            Add(comments.Aspects[i], reason, 1 + i);
        }

        void Add(in CommentCounts counts, CommentNote? reason, int about)
        {
            if (counts.Texts > 0)
            {
                ref var group = ref _groups[(about * CommentTones.Count) + (int)CommentTones.Of(counts.MeanPositive)];
                group = group.Plus(learner, times);
            }

            if (reason is { } left)
            {
                ref var group = ref _groups[(about * CommentTones.Count) + (int)CommentTones.Of(left.PositivePercent / 100.0)];
                group = group with { Reasons = group.Reasons + times };
            }
        }
    }

    private static int Place(CommentAspect aspect, CommentTone tone) => ((1 + (int)aspect) * CommentTones.Count) + (int)tone;
}

/// <summary>Learners of one tone.</summary>
/// <param name="Learners">How many.</param>
/// <param name="Withdrawn">How many of them withdrew.</param>
/// <param name="Ratings">Their ratings of the course.</param>
/// <param name="Recommend">Whether they would recommend it.</param>
/// <param name="Reasons">Reasons for withdrawing that have this tone themselves, whatever else their authors wrote.</param>
public readonly record struct ToneGroup(long Learners, long Withdrawn, StarCounts Ratings, NetPromoter Recommend, long Reasons)
{
    internal static ToneGroup Of(RosterRow row) => new(
        1,
        row.Status == EnrolmentStatus.Withdrawn ? 1 : 0,
        row.Ratings?.CourseMilli is { } milli ? default(StarCounts).With(milli, 1) : default,
        row.Ratings?.RecommendMilli is { } answer ? NetPromoter.Of(answer) : default,
        0);

    internal ToneGroup Plus(in ToneGroup other, int times) => new(
        Learners + (times * other.Learners),
        Withdrawn + (times * other.Withdrawn),
        Ratings.Plus(other.Ratings, times),
        Recommend.Plus(other.Recommend, times),
        Reasons + (times * other.Reasons));

    internal void Write(PayloadWriter to)
    {
        to.Int(Learners);
        to.Int(Withdrawn);
        Ratings.Write(to);
        Recommend.Write(to);
        to.Int(Reasons);
    }

    internal static ToneGroup Read(ref PayloadReader from) => new(from.Int(), from.Int(), StarCounts.Read(ref from), NetPromoter.Read(ref from), from.Int());
}
