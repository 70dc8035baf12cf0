namespace CourseCompletion.Domain.Completion.Calibration;

/// <summary>The stretches of an enrolment within which being active means the same: in the first week nearly everybody is.</summary>
public static class ProxyPhases
{
    private static readonly int[] _firstWeeks = [0, 1, 2, 4, 8];

    /// <summary>How many there are.</summary>
    public static int Count => _firstWeeks.Length;

    /// <summary>The phase of a week of an enrolment, counted from 0.</summary>
    public static int Of(int week)
    {
        var phase = Count - 1;
        while (week < _firstWeeks[phase] && phase > 0)
        {
            phase--;
        }

        return phase;
    }
}
