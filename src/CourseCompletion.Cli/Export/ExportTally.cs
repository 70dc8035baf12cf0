namespace CourseCompletion.Cli.Export;

/// <summary>What an export wrote, and what it could not.</summary>
internal sealed class ExportTally
{
    public long Learners { get; set; }

    public long Events { get; set; }

    public long Outcomes { get; set; }

    public long Completed { get; set; }

    /// <summary>Enrolments that had not matured.</summary>
    public long Immature { get; set; }

    /// <summary>Frames that the store let go of and no archive has.</summary>
    public long MissingFrames { get; set; }

    public long LearnersWithMissing { get; set; }
}
