namespace CourseCompletion.Cli.Simulate;

/// <summary>What really happened to a simulated learner, which no event tells.</summary>
internal sealed class LearnerTruth
{
    /// <summary>When the learner enrolled.</summary>
    public DateTime EnrolledAt { get; set; }

    /// <summary>When the learner stopped for good; null while that has not happened.</summary>
    public DateTime? StoppedAt { get; set; }

    /// <summary>When the course was completed.</summary>
    public DateTime? CompletedAt { get; set; }

    /// <summary>The days on which the learner could have stopped.</summary>
    public int DaysAtRisk { get; private set; }

    /// <summary>The sum of the hazards of those days: how often the learner was expected to stop.</summary>
    public double CumulativeHazard { get; private set; }

    /// <summary>The hazard of the newest of those days.</summary>
    public double LastHazard { get; private set; }

    /// <summary>The mean hazard of those days.</summary>
    public double MeanHazard => DaysAtRisk == 0 ? 0 : CumulativeHazard / DaysAtRisk;

    /// <summary>One more day at risk.</summary>
    public void AddDay(double hazard)
    {
        DaysAtRisk++;
        CumulativeHazard += hazard;
        LastHazard = hazard;
    }
}
