using CourseCompletion.Domain.Comments;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;

namespace CourseCompletion.Cli.Simulate;

/// <summary>One sitting of a learner: what is watched, how, and what is written meanwhile.</summary>
internal sealed class StudySession(LearnerLife life, Chance chance, DateTime startsAt, DateTime endsBefore, string sessionId, List<Event> events)
{
    // What a learner of mean motivation answers.
    private const double UsualAnswer = 7.5;

    private const double HeartbeatSeconds = 30;

    private readonly LearnerTraits _traits = life.Traits;
    private DateTime _now = startsAt;

    private bool IsOver => _now >= endsBefore;

    // What runs past midnight is told as of the last moment of the day.
    private DateTime At => IsOver ? endsBefore.AddMilliseconds(-1) : _now;

    /// <summary>Studies one to three lessons.</summary>
    /// <returns>When it ends.</returns>
    public DateTime Run(bool checksIn)
    {
        Study(checksIn);
        return _now;
    }

    private void Study(bool checksIn)
    {
        Emit(e => e.SessionStarted = new());
        if (checksIn && chance.Hits(0.35 + (0.1 * _traits.Motivation)))
        {
            Pass(chance.Between(2, 20));
            Emit(e => e.CheckedIn = new());
        }

        var lessons = 1 + (chance.Hits(0.45) ? 1 : 0) + (chance.Hits(0.15) ? 1 : 0);
        for (var i = 0; i < lessons && !IsOver; i++)
        {
            Pass(chance.Between(5, 40));
            if (life.NextLesson() is not { } index)
            {
                LookAgain();
                return;
            }

            var lesson = life.Course.Lessons[index];
            if (lesson.IsQuiz)
            {
                TakeQuiz(index, lesson);
            }
            else if (!Watch(index, lesson))
            {
                return;
            }
        }

        if (life.Questions.Count > 0 && chance.Hits(0.04 * _traits.Sociability))
        {
            Pass(chance.Between(20, 120));
            var text = SimulatedTexts.Answer(chance);
            Emit(e => e.QuestionAnswered = new() { Text = text }, objectId: life.Questions[chance.Below(life.Questions.Count)]);
        }
    }

    // Watches from the first gap to the end; false when the learner gives up in between.
    private bool Watch(int index, LessonDesign lesson)
    {
        var memory = life.VideoOf(index);
        var position = memory.FirstGap;
        var struggle = Math.Max(0, lesson.Difficulty - (0.5 * _traits.Skill));
        var hardPart = lesson.HardPart * lesson.Seconds;
        Emit(e => e.VideoPlayed = new(), lesson, position);
        while (position < lesson.Seconds)
        {
            if (IsOver || chance.Hits(0.012 * Math.Exp(0.3 * (lesson.Difficulty - _traits.Motivation))))
            {
                Emit(e => e.VideoPaused = new(), lesson, position);
                return false;
            }

            position = Heartbeat(memory, lesson, position);
            CompleteWhenWatched(index, lesson, memory);
            if (position > hardPart)
            {
                position = Struggle(lesson, hardPart.Value, position, struggle);
                hardPart = null;
            }

            if (position < lesson.Seconds && chance.Hits(0.02 + (0.03 * struggle)))
            {
                position = Seek(lesson, position, Math.Max(0, position - Math.Round(chance.Between(15, 60))));
            }
            else if (position < lesson.Seconds && chance.Hits(0.012))
            {
                position = Seek(lesson, position, Math.Min(lesson.Seconds, position + Math.Round(chance.Between(10, 40))));
            }
            else if (position < lesson.Seconds && chance.Hits(0.02))
            {
                Emit(e => e.VideoPaused = new(), lesson, position);
                Pass(chance.Between(8, 150));
                Emit(e => e.VideoPlayed = new(), lesson, position);
            }
        }

        Emit(e => e.VideoEnded = new(), lesson, lesson.Seconds);
        React(lesson, struggle);
        return true;
    }

    // Past a hard part some stop to think, and some of them see it again.
    private double Struggle(LessonDesign lesson, double hardPart, double position, double struggle)
    {
        if (!chance.Hits(0.2 + (0.2 * Math.Min(1, struggle))))
        {
            return position;
        }

        Emit(e => e.VideoPaused = new(), lesson, Math.Round(Math.Min(position, hardPart + chance.Between(0, 8)), 1));
        Pass(chance.Between(5, 60));
        return chance.Hits(0.8) ? Seek(lesson, position, Math.Round(Math.Max(0, hardPart - chance.Between(2, 8)))) : position;
    }

    private double Heartbeat(VideoMemory memory, LessonDesign lesson, double from)
    {
        var to = Math.Min(lesson.Seconds, from + HeartbeatSeconds);
        Pass((to - from) / _traits.Speed);
        memory.Watch(from, to);
        Emit(e => e.VideoWatched = _traits.Speed == 1 ? new() { From = from, To = to } : new() { From = from, To = to, Speed = _traits.Speed }, lesson, to);
        return to;
    }

    // With the heartbeat that reaches the threshold, as a server does it, and not only at the end of the video.
    private void CompleteWhenWatched(int index, LessonDesign lesson, VideoMemory memory)
    {
        if (memory.Share >= CourseDesign.WatchedToComplete && life.TryComplete(index, At))
        {
            Emit(e => e.LessonCompleted = new(), lesson);
            AnswerWhenCompleted();
        }
    }

    // Asked once, with the last lesson: who liked the way there would recommend it.
    private void AnswerWhenCompleted()
    {
        if (life.HasJustCompleted)
        {
            var answer = Math.Clamp(Math.Round(UsualAnswer + (2 * _traits.Motivation)), 0, NetPromoter.AnswerMax);
            Emit(e => e.Rated = new() { Stars = answer }, objectId: NetPromoter.ObjectId);
        }
    }

    private double Seek(LessonDesign lesson, double from, double to)
    {
        Pass(1);
        Emit(e => e.VideoSeeked = new() { From = from, To = to }, lesson, to);
        return to;
    }

    private void React(LessonDesign lesson, double struggle)
    {
        var social = _traits.Sociability;
        Maybe(0.12 * social, e => e.Liked = new(), lesson);
        var comment = SimulatedTexts.Comment(chance, chance.Hits(HazardModel.Logistic(1 + _traits.Motivation - (1.5 * struggle))));
        Maybe(0.05 * social, e => e.Commented = new() { Text = comment }, lesson);
        Maybe(0.03, e => e.Bookmarked = new(), lesson);
        Maybe(0.01 * social, e => e.Shared = new(), lesson);
        Maybe(0.02, e => e.Rated = new() { Stars = Math.Clamp(Math.Round(4 - struggle + (0.5 * _traits.Motivation)), 1, 5) }, lesson);
        var question = SimulatedTexts.Question(chance);
        if (Maybe(0.03 * social * (1 + struggle), e => e.QuestionAsked = new() { Text = question }, lesson, life.NextQuestionId))
        {
            life.AddQuestion();
        }
    }

    private void TakeQuiz(int index, LessonDesign quiz)
    {
        Pass(quiz.Seconds);
        var ability = 0.8 + (0.7 * _traits.Skill) + (0.3 * _traits.Motivation) - (0.8 * quiz.Difficulty) + (0.5 * chance.Normal());
        var score = Math.Round(100 * HazardModel.Logistic(ability));
        var due = Timestamp.FromDateTime(life.Course.DueAt(quiz));
        Emit(e => e.AssessmentSubmitted = new() { Score = score, MaxScore = 100, DueAt = due }, quiz, objectId: quiz.Id);
        life.Score(score);
        if (life.TryComplete(index, At))
        {
            AnswerWhenCompleted();
        }
    }

    // With nothing left to do, a learner who comes back watches a part of something again.
    private void LookAgain()
    {
        var videos = life.Course.Lessons.Where(lesson => !lesson.IsQuiz && lesson.ReleaseDay <= life.Day).ToList();
        var lesson = videos[chance.Below(videos.Count)];
        Emit(e => e.VideoPlayed = new(), lesson, 0);
        var position = 0.0;
        for (var beats = 1 + chance.Below(4); beats > 0 && position < lesson.Seconds && !IsOver; beats--)
        {
            position = Heartbeat(new(lesson.Seconds), lesson, position);
        }

        Emit(e => e.VideoPaused = new(), lesson, position);
    }

    private bool Maybe(double probability, Action<Event> body, LessonDesign lesson, string objectId = "")
    {
        if (IsOver || !chance.Hits(probability))
        {
            return false;
        }

        Pass(chance.Between(3, 40));
        Emit(body, lesson, objectId: objectId);
        return true;
    }

    private void Emit(Action<Event> body, LessonDesign? lesson = null, double? position = null, string objectId = "")
    {
        var e = life.NewEvent(At);
        e.SessionId = sessionId;
        e.LessonId = lesson?.Id ?? "";
        e.ObjectId = objectId;
        if (position is { } seconds)
        {
            e.Position = seconds;
        }

        body(e);
        events.Add(e);
    }

    private void Pass(double seconds) => _now = _now.AddMilliseconds(Math.Round(seconds * 1000));
}
