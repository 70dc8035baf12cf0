using System.Globalization;
using CourseCompletion.Client;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Domain.Tenants;
using CourseCompletion.EndToEndTests.Engagement;
using CourseCompletion.Protocol.V1;
using Google.Protobuf.WellKnownTypes;
using GlobalHoldout = CourseCompletion.Domain.Campaigns.GlobalHoldout;

namespace CourseCompletion.EndToEndTests.Campaigns;

/// <summary>Learners of one course in whose zone it is about noon, and a campaign that fell due for all of them a moment ago.</summary>
internal sealed class NudgedClass(EngagementClient client, string course, int learners)
{
    private static readonly DateTime _now = DateTime.UnixEpoch.AddSeconds(DateTimeOffset.UtcNow.ToUnixTimeSeconds());

    // Away from quiet hours whenever the test runs. The sign of these zones is that of POSIX: west is positive.
    private static readonly int _hoursToNoon = 12 - _now.Hour;
    private static readonly string _zone = _hoursToNoon == 0 ? "Etc/GMT" : string.Create(CultureInfo.InvariantCulture, $"Etc/GMT{-_hoursToNoon:+0;-0}");

    /// <summary>How long ago the campaigns fell due, at most: all classes of a run share the minute in which the first one was made.</summary>
    public static TimeSpan SinceDue => DateTimeOffset.UtcNow - _now + TimeSpan.FromMinutes(2);

    public IEnumerable<string> Learners => Enumerable.Range(0, learners).Select(i => $"{course}-learner-{i}");

    /// <summary>Those whom the global holdout of this quarter leaves.</summary>
    public HashSet<string> Reachable => [.. Learners.Where(learner => !GlobalHoldout.Includes(TenantId.Default, new LearnerId(learner), new DateTimeOffset(_now).ToUnixTimeMilliseconds()))];

    /// <summary>Defines the course and enrols the learners.</summary>
    public async Task EnrolAsync()
    {
        await client.Courses.UpsertCourseAsync(new()
        {
            Course = new() { CourseId = course, Title = "Algebra", TimeZone = _zone, Lessons = { new Lesson { LessonId = "lesson-1", Length = Duration.FromTimeSpan(TimeSpan.FromMinutes(5)) } } },
        });
        foreach (var batch in Learners.Chunk(500))
        {
            await client.SendBatchAsync([.. batch.Select(learner => Events.Liked(learner, course, 1))]);
        }
    }

    /// <summary>A campaign that fell due a minute ago.</summary>
    public Campaign Campaign(string id, NudgeChannel channel) => new()
    {
        CampaignId = id,
        Title = "Come back",
        Purpose = NudgePurpose.WinBack,
        CourseIds = { course },
        Timing = new() { FixedTime = new() { MinuteOfDay = (((int)_now.TimeOfDay.TotalMinutes + (_hoursToNoon * 60)) + 1439) % 1440 } },
        StartsAt = Timestamp.FromDateTime(_now.AddHours(-1)),
        Grace = Duration.FromTimeSpan(TimeSpan.FromHours(12)),
        Templates = { new NudgeTemplate { TemplateId = "hello", FallbackLocale = "en", Texts = { new NudgeText { Locale = "en", Subject = "{{course_title}} goes on", Body = "Hello {{learner_id}}. {{unsubscribe_link}}" } } } },
        Arms = { new CampaignArm { ArmId = "only", TemplateId = "hello", Channel = channel, Weight = 1 } },
        ControlShare = 0,
    };
}
