namespace CourseCompletion.Grains.Learners;

/// <summary>Lets a learner whom nobody has written to leave memory soon after it was read.</summary>
/// <remarks>
/// Whoever reads invented ids must not fill memory with learners that are none. But not at once: calls that an activation cannot serve because it leaves are handed on twice at most, and many that come together
/// would meet one after the other that leaves.
/// </remarks>
internal sealed class UnknownLearner(IGrainBase grain, Func<bool> isUnknown)
{
    private static readonly TimeSpan _staysFor = TimeSpan.FromSeconds(1);

    private bool _leaves;

    public void LeaveSoon()
    {
        if (!_leaves)
        {
            _leaves = true;
            grain.RegisterGrainTimer(Leave, new GrainTimerCreationOptions(_staysFor, Timeout.InfiniteTimeSpan) { Interleave = true });
        }
    }

    private Task Leave(CancellationToken cancellationToken)
    {
        _leaves = false;
        if (isUnknown())
        {
            grain.DeactivateOnIdle();
        }

        return Task.CompletedTask;
    }
}
