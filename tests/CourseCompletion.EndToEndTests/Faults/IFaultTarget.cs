namespace CourseCompletion.EndToEndTests.Faults;

/// <summary>A server, of one process or many, that faults are done to.</summary>
internal interface IFaultTarget : IAsyncDisposable
{
    /// <summary>Where clients come in.</summary>
    IReadOnlyList<Uri> Addresses { get; }

    /// <summary>What names the store to the command-line tool.</summary>
    IReadOnlyList<string> StoreArguments { get; }

    /// <summary>The largest resident memory of any of its processes, in bytes.</summary>
    long LargestMemoryBytes { get; }

    /// <summary>What its processes wrote, for failure messages.</summary>
    string Describe();
}
