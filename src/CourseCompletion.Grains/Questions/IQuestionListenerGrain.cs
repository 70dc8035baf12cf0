using CourseCompletion.Domain.Campaigns;
using Orleans.CodeGeneration;

namespace CourseCompletion.Grains.Questions;

/// <summary>The side of a question board that campaigns call.</summary>
/// <remarks>Key: <see cref="Domain.Courses.CourseKey"/>. Called by campaigns that remind of questions.</remarks>
[Alias("cc.IQuestionListenerGrain")]
[Version(1)]
internal interface IQuestionListenerGrain : IGrainWithStringKey
{
    /// <summary>Tells the board what a campaign reminds of; returns when it is durable. Safe to repeat and to reorder.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="version">The version of its definition.</param>
    /// <param name="occasions">What it reminds of; nothing when it does not run.</param>
    [Alias("ListenAsync")]
    ValueTask ListenAsync(string campaign, long version, QuestionOccasions occasions);
}
