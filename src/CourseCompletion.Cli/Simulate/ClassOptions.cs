namespace CourseCompletion.Cli.Simulate;

/// <summary>Which class to simulate. The same options give the same class, event by event.</summary>
/// <param name="Seed">The seed of everything random.</param>
/// <param name="Learners">How many learners.</param>
/// <param name="Courses">How many courses; each learner takes one, and one in four takes a second.</param>
/// <param name="Start">The first day, at midnight UTC.</param>
/// <param name="CourseDays">How many days the courses last.</param>
/// <param name="Prefix">What the ids of learners and courses begin with.</param>
internal sealed record ClassOptions(ulong Seed, int Learners, int Courses, DateTime Start, int CourseDays, string Prefix);
