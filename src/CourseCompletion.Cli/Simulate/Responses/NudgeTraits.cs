namespace CourseCompletion.Cli.Simulate.Responses;

/// <summary>What a learner is like towards nudges; drawn once by the seed and never changed.</summary>
/// <param name="Motivation">Standard normal.</param>
/// <param name="Response">What the learner's own nature adds to a nudge's logits, the sleeping dog's aversion included.</param>
/// <param name="IsSleepingDog">Whether nudges drive this learner away.</param>
internal readonly record struct NudgeTraits(double Motivation, double Response, bool IsSleepingDog)
{
    /// <summary>Draws a learner.</summary>
    public static NudgeTraits Draw(ulong seed, long learner)
    {
        var motivation = new Chance(seed, 10, learner).Normal();
        return Draw(seed, learner, motivation);
    }

    /// <summary>Draws how a learner whose motivation is known answers nudges.</summary>
    public static NudgeTraits Draw(ulong seed, long learner, double motivation)
    {
        var own = new Chance(seed, 11, learner);
        var (response, isDog) = (0.2 * own.Normal(), own.Hits(0.25 * HazardModel.Logistic((2 * motivation) - 1)));
        return new(motivation, response - (isDog ? 1.2 : 0), isDog);
    }
}
