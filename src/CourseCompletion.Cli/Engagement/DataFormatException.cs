namespace CourseCompletion.Cli.Engagement;

/// <summary>A file that cannot be used at all, as opposed to one with some bad rows. The message says why and what to do.</summary>
internal sealed class DataFormatException(string message) : Exception(message);
