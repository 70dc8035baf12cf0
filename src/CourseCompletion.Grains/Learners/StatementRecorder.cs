using CourseCompletion.Domain.Comments.Opinions;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Recommendations;

namespace CourseCompletion.Grains.Learners;

/// <summary>The part of an append that is about what is said: by the learner of interests and recommended courses and in searches, and by a second reader of comments.</summary>
internal sealed class StatementRecorder(LearnerPolicy policy)
{
    private readonly List<InterestCorrection> _corrections = [];
    private readonly List<LearnerSearch> _searches = [];
    private readonly List<CourseDismissal> _dismissals = [];
    private readonly List<CommentOpinion> _opinions = [];

    /// <summary>Whether anything was said that has to be remembered.</summary>
    public bool HasAny => _corrections.Count + _searches.Count + _dismissals.Count + _opinions.Count > 0;

    public InterestCorrection[] Corrections => [.. _corrections];

    public LearnerSearch[] Searches => [.. _searches];

    public CourseDismissal[] Dismissals => [.. _dismissals];

    public CommentOpinion[] Opinions => [.. _opinions];

    /// <summary>Notes that a course is not to be recommended, or again; null, or why there is no room.</summary>
    public Rejection? Dismiss(LearnerState state, CourseDismissal dismissal)
    {
        if (!TasteRules.HasRoomFor(state, dismissal, policy))
        {
            return new(RejectionReason.LimitExceeded, "learner_id", $"This learner's state has reached {policy.StateBytesMax} bytes.");
        }

        if (TasteRules.Fold(state, dismissal, RecommendationPolicy.Default))
        {
            _dismissals.Add(dismissal);
        }

        return null;
    }

    /// <summary>Folds what the inputs say about interests, and what was searched for, as far as there is room.</summary>
    public void TakeInterests(LearnerState state, WaitingInput inputs)
    {
        for (var input = inputs; input is not null; input = input.Next)
        {
            if (input.Correction is { } said)
            {
                said.Refusal = InterestCorrectionRules.Check(state, said.Correction, policy);
                if (said.Refusal is null && InterestCorrectionRules.Fold(state, said.Correction))
                {
                    _corrections.Add(said.Correction);
                }
            }

            if (input.Search is { } searched)
            {
                searched.Refusal = SearchRules.CheckRoom(state, searched.Search, policy);
                if (searched.Refusal is null && SearchRules.Fold(state, searched.Search))
                {
                    _searches.Add(searched.Search);
                }
            }
        }
    }

    /// <summary>Folds a second opinion on a comment; tells whether it changed anything.</summary>
    public bool Hear(LearnerState state, CommentOpinion opinion)
    {
        var changed = CommentOpinionRules.Fold(state, opinion);
        if (changed)
        {
            _opinions.Add(opinion);
        }

        return changed;
    }

    public void Clear()
    {
        _corrections.Clear();
        _searches.Clear();
        _dismissals.Clear();
        _opinions.Clear();
    }
}
