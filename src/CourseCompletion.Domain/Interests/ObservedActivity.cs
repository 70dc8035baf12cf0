using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Interests.Searches;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Interests;

/// <summary>Something that a learner did, what it is about, and how many points it had when it was done.</summary>
internal readonly record struct ObservedActivity(InterestEvidence Evidence, double Points, IReadOnlyList<TopicShare> Topics)
{
    private const int GoodStarsMilli = 4_000;
    private const double MsPerSecond = 1000;
    private const double MsPerMinute = 60_000;

    /// <summary>What a learner did in one course that says something about interests.</summary>
    public static IEnumerable<ObservedActivity> In(EnrolmentState enrolment, CourseDefinition course, InterestPolicy policy)
    {
        var found = new List<ObservedActivity>();
        foreach (var lesson in enrolment.Lessons)
        {
            var watchedMs = lesson.Coverage.LengthMs;
            if (watchedMs > 0)
            {
                Add(InterestEvidenceKind.Watched, lesson.Id, watchedMs / MsPerSecond, Math.Min(policy.MinutesMax, watchedMs / MsPerMinute), lesson.LastAtMs);
            }
            else if (lesson.ReportedCompleted)
            {
                Add(InterestEvidenceKind.Completed, lesson.Id, 1, policy.CompletedPoints, lesson.ReportedAtMs);
            }
        }

        foreach (var reaction in enrolment.Reactions)
        {
            var isLiked = reaction.Liked;
            if (isLiked || (reaction.StarsMilli >= GoodStarsMilli && reaction.Id != NetPromoter.ObjectId))
            {
                Add(InterestEvidenceKind.Liked, reaction.Id, 1, policy.LikedPoints, (isLiked ? reaction.LikeSetBy : reaction.StarsSetBy).OccurredAtMs);
            }

            if (reaction.Bookmarked)
            {
                // Its own time is not kept.
                Add(InterestEvidenceKind.Bookmarked, reaction.Id, 1, policy.BookmarkedPoints, enrolment.FindLesson(reaction.Id)?.LastAtMs ?? enrolment.EnrolledAtMs);
            }
        }

        foreach (var talk in enrolment.Talks)
        {
            if (talk.Commented > 0)
            {
                Add(InterestEvidenceKind.Commented, talk.Lesson, talk.Commented, policy.CommentedPoints * Math.Min(policy.TalkMax, talk.Commented), talk.CommentedAtMs);
            }

            if (talk.Asked > 0)
            {
                Add(InterestEvidenceKind.Asked, talk.Lesson, talk.Asked, policy.AskedPoints * Math.Min(policy.TalkMax, talk.Asked), talk.AskedAtMs);
            }
        }

        return found;

        // An object that is no lesson of the course belongs to the course as a whole.
        void Add(InterestEvidenceKind kind, string lessonId, double amount, double points, long atMs)
        {
            var isLesson = course.FindLesson(lessonId, out var index) is not null;
            var topics = isLesson ? course.Topics.OfLesson(index) : course.Topics.Course;
            if (topics.Count > 0)
            {
                found.Add(new(new(kind, enrolment.Course, isLesson ? lessonId : "", amount, atMs), points, topics));
            }
        }
    }

    /// <summary>What a learner searched for.</summary>
    /// <param name="state">The learner.</param>
    /// <param name="known">The topics of the learner's courses.</param>
    /// <param name="policy">The numbers.</param>
    public static IEnumerable<ObservedActivity> Searched(LearnerState state, IEnumerable<string> known, InterestPolicy policy)
    {
        var found = new List<ObservedActivity>();
        if (state.Searches.Count > 0)
        {
            var spelled = TermReader.Spelled(known);
            var reader = new TermReader(spelled.Keys);
            foreach (var (query, count, atMs) in state.Searches)
            {
                if (SearchRules.TopicsOf(query, spelled, reader) is { Count: > 0 } topics)
                {
                    found.Add(new(new(InterestEvidenceKind.Searched, new(""), "", count, atMs, query), policy.SearchedPoints * Math.Min(policy.TalkMax, count), topics));
                }
            }
        }

        return found;
    }

    /// <summary>How many of its points are left at an instant.</summary>
    public double PointsAt(long nowMs, long halfLifeMs) => Points * Completion.PortableMath.Exp2(-Math.Max(0, nowMs - Evidence.AtMs) / (double)halfLifeMs);
}
