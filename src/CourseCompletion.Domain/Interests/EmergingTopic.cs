namespace CourseCompletion.Domain.Interests;

/// <summary>A term that learners write more often than they used to.</summary>
/// <param name="Term">The term.</param>
/// <param name="Recent">In how many recent comments it is, each of another learner.</param>
/// <param name="Earlier">In how many earlier ones.</param>
/// <param name="PValue">How likely so many or more of them would be recent by chance.</param>
/// <param name="Examples">The newest comments with it.</param>
public sealed record EmergingTopic(string Term, int Recent, int Earlier, double PValue, IReadOnlyList<WrittenComment> Examples);
