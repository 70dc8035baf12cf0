namespace CourseCompletion.Cli.Campaigns;

/// <summary>What learning which arm to send is worth, over campaigns with other arms each.</summary>
/// <param name="Campaigns">How many campaigns.</param>
/// <param name="Decisions">How many decisions in each, those while learning included.</param>
/// <param name="UniformReturn">The mean return when arms are chosen uniformly.</param>
/// <param name="LearnedReturn">The mean return when they are learned.</param>
/// <param name="Gain">The mean over campaigns of the relative gain.</param>
/// <param name="GainLow">The lower bound of its 95 % interval over campaigns.</param>
/// <param name="GainHigh">The upper bound.</param>
internal sealed record ArmResult(int Campaigns, int Decisions, double UniformReturn, double LearnedReturn, double Gain, double GainLow, double GainHigh);
