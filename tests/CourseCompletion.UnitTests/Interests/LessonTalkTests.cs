using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using Xunit;
using static CourseCompletion.UnitTests.Learners.LearnerEventBuilder;

namespace CourseCompletion.UnitTests.Interests;

public class LessonTalkTests
{
    [Fact]
    public void Fold_MoreLessonsThanKept_KeepsTheFirst()
    {
        var state = new LearnerState();
        for (var i = 0; i <= LessonTalk.LessonsMax; i++)
        {
            Fold(state, Event(EventKind.QuestionAsked, $"{i}") with { Lesson = $"{i}" });
        }

        var bytes = state.StateBytes;
        Fold(state, Event(EventKind.QuestionAsked, "again", MondayMs + 5) with { Lesson = "0" });

        var enrolment = state.Enrolments[0];
        Assert.Equal(LessonTalk.LessonsMax, enrolment.Talks.Count);
        Assert.Equal((2, MondayMs + 5), (enrolment.FindTalk("0")!.Asked, enrolment.FindTalk("0")!.AskedAtMs));
        Assert.Null(enrolment.FindTalk($"{LessonTalk.LessonsMax}"));
        Assert.Equal(bytes, state.StateBytes);
    }

    [Fact]
    public void Fold_AdvertisementOrNoLesson_IsNoTalk()
    {
        var state = new LearnerState();
        Fold(state, Event(EventKind.Commented, "1") with { Lesson = "a", Note = new CommentNote(CommentLanguage.English, 50, 0, 0, 90, default) });
        Fold(state, Event(EventKind.Commented, "2"));

        Assert.Empty(state.Enrolments[0].Talks.ToArray());
    }

    private static void Fold(LearnerState state, LearnerEvent e) => LearnerRules.Fold(state, e, EventIdentity.Of(e.Source, e.EventId), LearnerPolicy.Default);
}
