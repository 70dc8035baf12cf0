namespace CourseCompletion.Domain.Learners;

/// <summary>What a learner did. The numbers are stored in journals and never reused.</summary>
/// <remarks>Each member names the fields of <see cref="LearnerEvent"/> that it needs beyond identity, course and time.</remarks>
public enum EventKind : byte
{
    /// <summary>Not given; never accepted.</summary>
    Unspecified = 0,

    /// <summary>A session of use began.</summary>
    SessionStarted = 1,

    /// <summary>A lesson's video began or resumed playing. Needs <c>Lesson</c>.</summary>
    VideoPlayed = 2,

    /// <summary>A lesson's video was paused. Needs <c>Lesson</c>.</summary>
    VideoPaused = 3,

    /// <summary>The position jumped. Needs <c>Lesson</c>, <c>FromMs</c>, <c>ToMs</c>.</summary>
    VideoSeeked = 4,

    /// <summary>An interval of a video was really watched; only this creates coverage. Needs <c>Lesson</c>, <c>FromMs</c> &lt; <c>ToMs</c>, <c>Speed</c>.</summary>
    VideoWatched = 5,

    /// <summary>A lesson's video played to its end. Needs <c>Lesson</c>.</summary>
    VideoEnded = 6,

    /// <summary>The object, lesson or course was liked.</summary>
    Liked = 7,

    /// <summary>A like was taken back.</summary>
    Unliked = 8,

    /// <summary>A comment was written. Needs <c>Text</c>.</summary>
    Commented = 9,

    /// <summary>Shared outside the course.</summary>
    Shared = 10,

    /// <summary>Forwarded to another person.</summary>
    Forwarded = 11,

    /// <summary>Kept for later.</summary>
    Bookmarked = 12,

    /// <summary>Rated. Needs <c>Value</c> (stars, 1 to 5); <c>Text</c> optional.</summary>
    Rated = 13,

    /// <summary>Enrolled in the course, or enrolled again after withdrawing.</summary>
    Enrolled = 14,

    /// <summary>Withdrew from the course. <c>Text</c> (the reason) optional.</summary>
    Withdrew = 15,

    /// <summary>A lesson was completed by the producer's own rule. Needs <c>Lesson</c>.</summary>
    LessonCompleted = 16,

    /// <summary>An assessment was handed in and scored. Needs <c>ObjectId</c>, <c>Value</c> (score), <c>MaxValue</c>; <c>DueAtMs</c> optional.</summary>
    AssessmentSubmitted = 17,

    /// <summary>Checked in for the day.</summary>
    CheckedIn = 18,

    /// <summary>Asked a question. Needs <c>ObjectId</c> (the question), <c>Text</c>.</summary>
    QuestionAsked = 19,

    /// <summary>Answered a question. Needs <c>ObjectId</c> (the question), <c>Text</c>.</summary>
    QuestionAnswered = 20,

    /// <summary>Accepted an answer. Needs <c>ObjectId</c> (the answer).</summary>
    AnswerAccepted = 21,

    /// <summary>Joined a live session. Needs <c>ObjectId</c>.</summary>
    LiveJoined = 22,

    /// <summary>Left a live session. Needs <c>ObjectId</c>.</summary>
    LiveLeft = 23,

    /// <summary>A promotion of the course was shown. Needs <c>ObjectId</c>; does not enrol.</summary>
    PromotionShown = 24,

    /// <summary>A promotion of the course was followed. Needs <c>ObjectId</c>; does not enrol.</summary>
    PromotionClicked = 25,

    /// <summary>A nudge was opened. Needs <c>ObjectId</c>; does not enrol.</summary>
    NudgeOpened = 26,

    /// <summary>A nudge was dismissed. Needs <c>ObjectId</c>; does not enrol.</summary>
    NudgeDismissed = 27,

    /// <summary>A number of activities of one family, from a system that only counts. Needs <c>Family</c>, <c>Count</c>.</summary>
    ActivityRecorded = 28,

    /// <summary>A make-up card was played for a missed day. Needs <c>Count</c>: how many of the learner's days it lies before that of the event, 1 to 7; does not enrol.</summary>
    CheckInMadeUp = 29,
}

/// <summary>What <see cref="EventKind.ActivityRecorded"/> counts. The numbers are stored and never reused.</summary>
public enum ActivityFamily : byte
{
    /// <summary>Not given; never accepted.</summary>
    Unspecified = 0,

    /// <summary>Course pages.</summary>
    Page = 1,

    /// <summary>Videos.</summary>
    Video = 2,

    /// <summary>Problems and exercises.</summary>
    Problem = 3,

    /// <summary>Forums.</summary>
    Discussion = 4,

    /// <summary>Wiki pages.</summary>
    Wiki = 5,

    /// <summary>Moving about the course.</summary>
    Navigation = 6,

    /// <summary>Pages closed.</summary>
    PageClose = 7,

    /// <summary>Reading and other content.</summary>
    Content = 8,

    /// <summary>Quizzes.</summary>
    Quiz = 9,

    /// <summary>Anything else.</summary>
    Other = 10,
}
