using CourseCompletion.Domain.Campaigns.Assignment;
using CourseCompletion.Domain.Learners;

namespace CourseCompletion.Domain.Questions;

/// <summary>A learner who is reminded of a live session.</summary>
/// <param name="Learner">The learner.</param>
/// <param name="Cluster">The cluster of the question that brings the reminder.</param>
public readonly record struct SessionAsker(LearnerId Learner, AssignmentCluster Cluster);
