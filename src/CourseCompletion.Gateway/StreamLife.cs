using Microsoft.Extensions.Hosting;

namespace CourseCompletion.Gateway;

/// <summary>How long a long-lived stream may go on from the server's side.</summary>
internal sealed class StreamLife : IDisposable
{
    private readonly CancellationTokenSource? _age;
    private readonly CancellationTokenSource _end;

    private StreamLife(CancellationTokenSource? age, CancellationTokenSource end)
    {
        _age = age;
        _end = end;
    }

    /// <summary>Cancelled at a graceful shutdown, and when the stream has lived long enough.</summary>
    public CancellationToken End => _end.Token;

    public static StreamLife Begin(GatewayOptions options, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        if (options.StreamLifeMax <= TimeSpan.Zero)
        {
            return new(null, CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping));
        }

        // A tenth more or less, so that streams opened together do not end together.
        var age = new CancellationTokenSource(options.StreamLifeMax * (0.9 + (0.2 * Random.Shared.NextDouble())), time);
        return new(age, CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, age.Token));
    }

    public void Dispose()
    {
        _end.Dispose();
        _age?.Dispose();
    }
}
