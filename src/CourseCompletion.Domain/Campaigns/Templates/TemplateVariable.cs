namespace CourseCompletion.Domain.Campaigns.Templates;

/// <summary>What a template may ask for, as <c>{{name}}</c>; the names are in <see cref="TemplateVariables"/>.</summary>
public enum TemplateVariable : byte
{
    /// <summary>The learner's id, as the producer chose it.</summary>
    LearnerId = 0,

    /// <summary>The course's id.</summary>
    CourseId = 1,

    /// <summary>The course's title; its id where no title is known.</summary>
    CourseTitle = 2,

    /// <summary>The id of the lesson that the reminder is about.</summary>
    LessonId = 3,

    /// <summary>The title of the lesson that the reminder is about.</summary>
    LessonTitle = 4,

    /// <summary>The current check-in streak, in days or weeks as the campaign counts it.</summary>
    Streak = 5,

    /// <summary>The longest check-in streak so far.</summary>
    LongestStreak = 6,

    /// <summary>Check-in days of the current week.</summary>
    DaysThisWeek = 7,

    /// <summary>The weekly goal, from 1 to 7 days.</summary>
    WeeklyGoal = 8,

    /// <summary>Whole days since the learner's last activity in the course.</summary>
    DaysSilent = 9,

    /// <summary>Progress in the course, a whole number of percent.</summary>
    ProgressPercent = 10,

    /// <summary>The next due date, as yyyy-mm-dd in the learner's zone.</summary>
    DueDate = 11,

    /// <summary>The question's id.</summary>
    QuestionId = 12,

    /// <summary>The question's text, which another learner may have written.</summary>
    QuestionText = 13,

    /// <summary>The answer's text, which another learner may have written.</summary>
    AnswerText = 14,

    /// <summary>The title of a live session.</summary>
    SessionTitle = 15,

    /// <summary>The beginning of a live session, as yyyy-mm-dd hh:mm in the learner's zone.</summary>
    SessionTime = 16,

    /// <summary>The text's own link, with its variables filled in.</summary>
    Link = 17,

    /// <summary>The address at which the learner ends reminders of this purpose.</summary>
    UnsubscribeLink = 18,

    /// <summary>Where a live session takes place.</summary>
    SessionLink = 19,
}
