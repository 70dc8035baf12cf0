namespace CourseCompletion.Host;

/// <summary>What a process of the server does: configuration key <c>Role</c>.</summary>
[Flags]
public enum HostRole
{
    /// <summary>Keeps learners and courses.</summary>
    Silo = 1,

    /// <summary>Serves callers.</summary>
    Gateway = 2,

    /// <summary>Both, in one process. The default.</summary>
    All = Silo | Gateway,
}
