using CourseCompletion.Domain.Courses;
using CourseCompletion.Domain.Learners;
using CourseCompletion.Gateway.Errors;
using CourseCompletion.Grains.Abstractions.Learners;
using Grpc.Core;
using NodaTime;
using NodaTime.Text;
using Wire = CourseCompletion.Protocol.V1;

namespace CourseCompletion.Gateway.Learners;

/// <summary>Where a learner stands in check-ins, for the learner service.</summary>
internal static class CheckInReading
{
    private static readonly LocalDate _dayZero = new(1970, 1, 1);

    public static async Task<Wire.CheckIns> ReadAsync(ILearnerGrain learner, Wire.GetCheckInsRequest request, ServerCallContext context)
    {
        if ((LearnerEventRules.CheckId(request.CourseId, "course_id", required: true) ?? LearnerEventRules.CheckId(request.CampaignId, "campaign_id", required: false)) is { } fault)
        {
            throw GatewayErrors.Invalid(fault);
        }

        var answer = await learner.GetCheckInsAsync(new CourseId(request.CourseId), request.CampaignId.Length == 0 ? null : request.CampaignId).ForAsync(context).ConfigureAwait(false);
        return answer.Status switch
        {
            CheckInsStatus.Found => ToWire(answer),
            CheckInsStatus.NoCampaign => throw GatewayErrors.NotFound("check-in campaign", request.CampaignId),
            _ => throw GatewayErrors.NotFound("enrolment", $"{request.LearnerId}/{request.CourseId}"),
        };
    }

    private static Wire.CheckIns ToWire(CheckInsAnswer answer)
    {
        var standing = answer.Standing;
        return new()
        {
            Today = LocalDatePattern.Iso.Format(_dayZero.PlusDays(standing.Today)),
            CheckedInToday = standing.CheckedInToday,
            AwaitsProof = standing.AwaitsProof,
            CurrentStreak = standing.CurrentStreak,
            LongestStreak = standing.LongestStreak,
            AtRisk = standing.AtRisk,
            DaysThisWeek = standing.DaysThisWeek,
            WeeklyGoal = answer.WeeklyGoalDays,
            WeeklyGoalReached = standing.WeeklyGoalReached,
            FreezesLeft = standing.FreezesLeft,
            CardsLeft = standing.CardsLeft,
        };
    }
}
