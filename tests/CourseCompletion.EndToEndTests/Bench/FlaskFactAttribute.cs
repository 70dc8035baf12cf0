using CourseCompletion.Cli.Bench.Peers;
using Xunit;

namespace CourseCompletion.EndToEndTests.Bench;

/// <summary>A test that needs the Debian packages of the Flask peer: where they are missing it is skipped with what would bring them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FlaskFactAttribute : FactAttribute
{
    public FlaskFactAttribute() => Skip = FlaskStack.Missing(PeersDirectory.Beside(AppContext.BaseDirectory))?.ToString();
}
