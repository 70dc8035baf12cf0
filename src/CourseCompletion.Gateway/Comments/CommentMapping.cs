using CourseCompletion.Domain.Comments;
using CourseCompletion.Domain.Comments.Contentment;
using CourseCompletion.Domain.Comments.Tones;
using CourseCompletion.Domain.Interests;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Comments;
using CourseCompletion.Grains.Abstractions.Courses;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Comments;

/// <summary>Puts what learners say on the wire, and reads labels off it.</summary>
internal static class CommentMapping
{
    public static Wire.Feedback ToWire(CourseEngagement engagement)
    {
        var sums = engagement.Sums.Comments;
        var feedback = new Wire.Feedback
        {
            CourseId = engagement.Course.Course.Value,
            Totals = ToWire(sums.Counts),
            WithdrawalReasons = (int)sums.Reasons,
            EvaluatedAt = TimestampMapping.From(engagement.EvaluatedAtMs),
            Ratings = ToWire(engagement.Sums.Ratings.Course),
            Recommend = ToWire(engagement.Sums.Ratings.Recommend),
            Recent = ToWire(sums.Recent, engagement.EvaluatedAtMs),
            Tones = { Enum.GetValues<CommentTone>().Select(tone => ToWire(tone, engagement.Sums.Tones.Of(tone))) },
        };
        for (var aspect = 0; aspect < CommentAspectSet.AspectCount; aspect++)
        {
            feedback.Aspects.Add(new Wire.AspectFeedback
            {
                Aspect = ToWire((CommentAspect)aspect),
                Totals = ToWire(sums.Aspects[aspect]),
                WithdrawalReasons = (int)sums.ReasonAspects[aspect],
                Tones = { Enum.GetValues<CommentTone>().Select(tone => ToWire(tone, engagement.Sums.Tones.Of((CommentAspect)aspect, tone))) },
            });
        }

        foreach (var lesson in engagement.Course.Lessons)
        {
            var comments = sums.Lessons.GetValueOrDefault(lesson.Id);
            var isRated = engagement.Sums.Ratings.Lessons.TryGetValue(lesson.Id, out var stars);
            if (comments is not null || isRated)
            {
                feedback.Lessons.Add(ToWire(lesson.Id, comments ?? new(), isRated ? ToWire(stars) : null, engagement.EvaluatedAtMs));
            }
        }

        return feedback;
    }

    public static Wire.CourseComment ToWire(CommentView comment)
    {
        var wire = new Wire.CourseComment
        {
            LearnerId = comment.Learner,
            OccurredAt = TimestampMapping.From(comment.OccurredAtMs),
            Excerpt = comment.Excerpt,
            LessonId = comment.Lesson,
            Reading = ToWire(comment.Note),
        };
        if (comment.PositionMs is { } positionMs)
        {
            wire.Position = positionMs / 1000.0;
        }

        return wire;
    }

    public static Wire.CommentReading ToWire(CommentNote note) => new()
    {
        Language = note.Language switch
        {
            CommentLanguage.Chinese => Wire.CommentLanguage.Chinese,
            CommentLanguage.English => Wire.CommentLanguage.English,
            _ => Wire.CommentLanguage.Other,
        },
        Positive = note.PositivePercent / 100.0,
        Confused = note.ConfusionPercent / 100.0,
        Urgent = note.UrgencyPercent / 100.0,
        Spam = note.SpamPercent / 100.0,
        Aspects = { Enum.GetValues<CommentAspect>().Where(note.Aspects.Contains).Select(ToWire) },
    };

    /// <summary>Reads a label.</summary>
    public static CommentLabel LabelOf(Wire.SubmitCommentLabelRequest request)
    {
        var label = new CommentLabel(
            request.HasPositive ? request.Positive : null,
            request.HasConfused ? request.Confused : null,
            request.HasUrgent ? request.Urgent : null,
            request.HasSpam ? request.Spam : null,
            request.Aspects is { } aspects ? AspectsOf(aspects) : null);
        return label == default
            ? throw GatewayErrors.Invalid(new Rejection(RejectionReason.MissingField, "positive", "Say something of the text: set one of positive, confused, urgent, spam and aspects."))
            : label;
    }

    /// <summary>What learners think who wrote about a topic.</summary>
    public static Wire.TopicFeedback ToWire(TopicFeedback topic) => new()
    {
        Topic = topic.Topic,
        Totals = ToWire(topic.Counts),
        Ratings = topic.Ratings.Learners == 0 ? null : ToWire(topic.Ratings),
        Recommend = topic.Recommend.Answers == 0 ? null : ToWire(topic.Recommend),
        WithdrawalReasons = topic.Reasons,
    };

    private static CommentAspectSet AspectsOf(Wire.AspectLabel aspects)
    {
        var bits = 0;
        for (var i = 0; i < aspects.Aspects.Count; i++)
        {
            var number = (int)aspects.Aspects[i] - 1;
            if (number is < 0 or >= CommentAspectSet.AspectCount)
            {
                throw GatewayErrors.Invalid(new Rejection(RejectionReason.InvalidField, $"aspects.aspects[{i}]", "Send one of the known aspects."));
            }

            bits |= 1 << number;
        }

        return new((byte)bits);
    }

    private static Wire.CommentAspect ToWire(CommentAspect aspect) => (Wire.CommentAspect)((int)aspect + 1);

    private static Wire.RatingTotals ToWire(in StarCounts stars)
    {
        var wire = new Wire.RatingTotals { Learners = stars.Learners, MeanStars = stars.Mean };
        for (var star = 1; star <= StarCounts.StarsMax; star++)
        {
            wire.ByStars.Add(stars[star]);
        }

        return wire;
    }

    private static Wire.RecommendTotals ToWire(in NetPromoter answers) => new()
    {
        Learners = answers.Answers,
        Promoters = answers.Promoters,
        Passives = answers.Passives,
        Detractors = answers.Detractors,
        Score = answers.Score,
        Margin = answers.Margin,
    };

    private static Wire.LessonFeedback ToWire(string lesson, LessonCommentSums comments, Wire.RatingTotals? ratings, long nowMs)
    {
        var isPlaced = Array.Exists(comments.TextsAt, texts => texts > 0);
        return new()
        {
            LessonId = lesson,
            Totals = ToWire(comments.Counts),
            ConfusedAt = { Array.TrueForAll(comments.ConfusedAt, count => count == 0) ? [] : comments.ConfusedAt },
            Ratings = ratings,
            Recent = ToWire(comments.Recent, nowMs),
            TextsAt = { isPlaced ? comments.TextsAt : [] },
            PositiveAt = { isPlaced ? comments.TextsAt.Select((texts, i) => texts == 0 ? 0.5 : comments.PositivePercentAt[i] / (100.0 * texts)) : [] },
        };
    }

    private static Wire.RecentContentment ToWire(ContentmentSums recent, long nowMs)
    {
        var (weight, mean) = recent.At(nowMs);
        return new() { Positive = mean, Weight = weight };
    }

    private static Wire.ToneFeedback ToWire(CommentTone tone, in ToneGroup group) => new()
    {
        Tone = tone switch
        {
            CommentTone.Discontent => Wire.CommentTone.Discontent,
            CommentTone.Content => Wire.CommentTone.Content,
            _ => Wire.CommentTone.Mixed,
        },
        Learners = group.Learners,
        Withdrawn = group.Withdrawn,
        Ratings = group.Ratings.Learners == 0 ? null : ToWire(group.Ratings),
        Recommend = group.Recommend.Answers == 0 ? null : ToWire(group.Recommend),
        WithdrawalReasons = group.Reasons,
    };

    private static Wire.CommentTotals ToWire(in CommentCounts counts) =>
        new() { Texts = counts.Texts, MeanPositive = counts.MeanPositive, Confused = counts.Confused, Urgent = counts.Urgent, Spam = counts.Spam };
}
