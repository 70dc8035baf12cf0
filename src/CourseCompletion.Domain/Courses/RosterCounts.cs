using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Courses;

/// <summary>Facts of a learner that the course sums up.</summary>
/// <param name="Likes">Objects liked now.</param>
/// <param name="Comments">Comments written.</param>
/// <param name="Shares">Shares.</param>
/// <param name="Forwards">Forwards.</param>
/// <param name="Bookmarks">Objects bookmarked.</param>
/// <param name="Questions">Questions asked.</param>
/// <param name="Answers">Answers given.</param>
/// <param name="CheckIns">Days with a check-in.</param>
/// <param name="WatchedMs">Milliseconds watched, repeats included.</param>
/// <param name="UniqueMs">Unique milliseconds watched.</param>
/// <param name="Events">Events of this enrolment.</param>
public readonly record struct RosterCounts(
    long Likes,
    long Comments,
    long Shares,
    long Forwards,
    long Bookmarks,
    long Questions,
    long Answers,
    long CheckIns,
    long WatchedMs,
    long UniqueMs,
    long Events)
{
    /// <summary>The counts of an enrolment.</summary>
    public static RosterCounts From(EnrolmentState enrolment)
    {
        long events = 0;
        foreach (var count in enrolment.KindCounts)
        {
            events += count;
        }

        return new(
            enrolment.Likes,
            enrolment.CountOf(EventKind.Commented),
            enrolment.CountOf(EventKind.Shared),
            enrolment.CountOf(EventKind.Forwarded),
            enrolment.Bookmarks,
            enrolment.CountOf(EventKind.QuestionAsked),
            enrolment.CountOf(EventKind.QuestionAnswered),
            enrolment.CheckInDays.Count,
            enrolment.WatchedMs,
            enrolment.UniqueMs,
            events);
    }

    /// <summary>The sum of two, the second one taken <paramref name="times"/> times (-1 to subtract).</summary>
    public RosterCounts Plus(in RosterCounts other, int times) => new(
        Likes + (times * other.Likes),
        Comments + (times * other.Comments),
        Shares + (times * other.Shares),
        Forwards + (times * other.Forwards),
        Bookmarks + (times * other.Bookmarks),
        Questions + (times * other.Questions),
        Answers + (times * other.Answers),
        CheckIns + (times * other.CheckIns),
        WatchedMs + (times * other.WatchedMs),
        UniqueMs + (times * other.UniqueMs),
        Events + (times * other.Events));
}
