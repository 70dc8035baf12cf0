namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The log-loss of predictions, and what drift is looked for in.</summary>
public static class LogLossRules
{
    private const double Ln2 = 0.693147180559945309417;
    private const double RegretMax = 1;

    /// <summary>The negative log-likelihood of a label, in nats: ln(1 + e^-z) for a completion, ln(1 + e^z) else.</summary>
    public static double Of(double logit, bool completed)
    {
        var z = completed ? logit : -logit;
        return z > 0 ? PortableMath.Log1P(PortableMath.Exp2(-z / Ln2)) : PortableMath.Log1P(PortableMath.Exp2(z / Ln2)) - z;
    }

    /// <summary>How much more log-loss the model's own logit has than the calibrated one, brought to between 0 and 1; 1/2 for no difference.</summary>
    /// <remarks>
    /// The log-loss itself changes with the mix of courses: a course that one in twelve finishes has half the log-loss of one that one in four finishes, both predicted perfectly. The
    /// difference does not. It grows with the square of a miscalibration, so that the usual spread between courses hardly shows in it and a shift of one logit does. More than 1 nat,
    /// either way, counts as 1.
    /// </remarks>
    public static double DriftSignal(double logit, double calibratedLogit, bool completed) =>
        (Math.Clamp(Of(logit, completed) - Of(calibratedLogit, completed), -RegretMax, RegretMax) + RegretMax) / (2 * RegretMax);
}
