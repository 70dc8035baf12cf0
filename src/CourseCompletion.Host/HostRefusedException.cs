namespace CourseCompletion.Host;

/// <summary>The settings ask for something that the server must not or cannot do; the message says what to set.</summary>
public sealed class HostRefusedException(string message) : Exception(message);
