namespace CourseCompletion.Domain.Interests;

/// <summary>How much of something is about a topic.</summary>
/// <param name="Topic">The topic, as <see cref="TopicName"/> writes it.</param>
/// <param name="Share">Above 0 and at most 1; the shares of all topics of one thing add up to 1.</param>
public readonly record struct TopicShare(string Topic, double Share);
