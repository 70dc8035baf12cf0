using CourseCompletion.Cli.Simulate.Responses;
using CourseCompletion.Protocol.V1;

namespace CourseCompletion.Cli.Demo;

/// <summary>What the demo's campaign means to a learner so far.</summary>
/// <param name="number">The learner's place in the class.</param>
internal sealed class RemindedLearner(int number)
{
    private double _fatigue;
    private int _fatigueDay;

    /// <summary>The learner's place in the class.</summary>
    public int Number => number;

    /// <summary>The side of the experiment; unspecified until the campaign would have sent something.</summary>
    public AssignmentGroup Group { get; set; }

    /// <summary>The id of the last reminder that was looked at.</summary>
    public string LastNudge { get; set; } = "";

    /// <summary>Reminders in a row without a return.</summary>
    public int IgnoredInRow { get; private set; }

    /// <summary>How tired the learner is of reminders, as <see cref="NudgeLaw"/> counts it.</summary>
    public double FatigueAt(int day) => _fatigue * Math.Pow(NudgeLaw.FatigueLeft, day - _fatigueDay);

    /// <summary>Takes a reminder of a day, and whether the learner returned.</summary>
    public void Take(int day, double fatigue, bool returned)
    {
        (_fatigue, _fatigueDay) = (fatigue + 1, day);
        IgnoredInRow = returned ? 0 : IgnoredInRow + 1;
    }
}
